package dev.resentry.query.alert;

import dev.resentry.storage.alert.AlertHistory;
import dev.resentry.storage.alert.StoredAlertRule;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Answers with rules: what is written of them, and what they did of late. */
final class AlertRuleAnswers {
    private static final int DAYS = 30;

    private final AlertHistory history;
    private final InstantSource clock;

    AlertRuleAnswers(AlertHistory history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    AlertRuleResponse answer(StoredAlertRule rule) {
        return answers(List.of(rule)).getFirst();
    }

    List<AlertRuleResponse> answers(List<StoredAlertRule> rules) {
        List<Long> ids = rules.stream().map(StoredAlertRule::id).toList();
        LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS - 1L);
        Map<Long, Map<LocalDate, Long>> counts = history.perDay(ids, first);
        Map<Long, String> failures = history.lastFailures(ids);
        return rules.stream()
                .map(rule -> {
                    Map<LocalDate, Long> ofRule = counts.getOrDefault(rule.id(), Map.of());
                    List<Long> days = LongStream.range(0, DAYS)
                            .map(day -> ofRule.getOrDefault(first.plusDays(day), 0L))
                            .boxed()
                            .toList();
                    return AlertRuleResponse.of(rule, days, failures.get(rule.id()));
                })
                .toList();
    }
}
