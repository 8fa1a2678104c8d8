package dev.resentry.query.alert;

import dev.resentry.model.issue.ShortId;
import dev.resentry.storage.alert.PastIssue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a rule would have done.
 *
 * @param sentence the rule in words
 * @param cannotFire why it can never fire, in sentences; empty if it can
 * @param warnings why it may do something else than what is meant
 * @param total how often it would have fired
 * @param noisy whether that is more than people read: more than 10 times a day
 * @param cutOff whether there was more than could be looked at, so that it may have fired more often
 * @param notes what could not be told
 * @param byDay how often on each day (UTC) that the time touches, the earliest first
 * @param issues for which it would have fired, the most often first; at most 100
 * @param firings the newest first, at most 500
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "AlertBacktest")
record BacktestResponse(
        Instant from,
        Instant to,
        String sentence,
        List<String> cannotFire,
        List<String> warnings,
        long total,
        boolean noisy,
        boolean cutOff,
        List<String> notes,
        List<BacktestDay> byDay,
        List<BacktestIssue> issues,
        List<BacktestFiring> firings) {
    private static final int MOST_ISSUES = 100;
    private static final int MOST_FIRINGS = 500;

    /** A day of a back-test. */
    record BacktestDay(LocalDate day, long firings) {}

    /** An issue for which a rule would have fired. */
    @JsonNaming(SnakeCaseStrategy.class)
    record BacktestIssue(long id, String shortId, String title, long firings) {}

    /** That a rule would have fired. */
    @JsonNaming(SnakeCaseStrategy.class)
    record BacktestFiring(Instant at, long issue, String shortId, String title, String event, String reason) {}

    static List<BacktestDay> days(Instant from, Instant to, List<Backtest.Firing> firings) {
        Map<LocalDate, Long> counts = new LinkedHashMap<>();
        day(from).datesUntil(day(to).plusDays(1)).forEach(day -> counts.put(day, 0L));
        firings.forEach(firing -> counts.merge(day(firing.at()), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(entry -> new BacktestDay(entry.getKey(), entry.getValue()))
                .toList();
    }

    static List<BacktestIssue> issues(String project, List<Backtest.Firing> firings) {
        Map<Long, PastIssue> issues = new LinkedHashMap<>();
        Map<Long, Long> counts = new LinkedHashMap<>();
        for (Backtest.Firing firing : firings) {
            issues.put(firing.issue().id(), firing.issue());
            counts.merge(firing.issue().id(), 1L, Long::sum);
        }
        return issues.values().stream()
                .map(issue -> new BacktestIssue(
                        issue.id(),
                        new ShortId(project, issue.id()).toString(),
                        issue.title(),
                        counts.getOrDefault(issue.id(), 0L)))
                .sorted(Comparator.comparingLong(BacktestIssue::firings).reversed())
                .limit(MOST_ISSUES)
                .toList();
    }

    static List<BacktestFiring> newest(String project, List<Backtest.Firing> firings) {
        Stream<Backtest.Firing> newest = firings.reversed().stream().limit(MOST_FIRINGS);
        return newest.map(firing -> new BacktestFiring(
                        firing.at(),
                        firing.issue().id(),
                        new ShortId(project, firing.issue().id()).toString(),
                        firing.issue().title(),
                        firing.event().id().toString(),
                        firing.reason()))
                .toList();
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
