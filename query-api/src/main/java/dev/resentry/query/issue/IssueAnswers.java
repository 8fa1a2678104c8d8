package dev.resentry.query.issue;

import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.rollup.IssueCount;
import dev.resentry.storage.rollup.RollupQueries;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes answers of issues, with what is counted of them: for all of a page together. */
public final class IssueAnswers {
    private static final int TREND_HOURS = 24;

    private final RollupQueries rollups;
    private final InstantSource clock;

    IssueAnswers(RollupQueries rollups, InstantSource clock) {
        this.rollups = rollups;
        this.clock = clock;
    }

    /** The answers in the order of the issues, counted in the window and the environments of a filter. */
    public List<IssueResponse> of(List<StoredIssue> issues, IssueFilter filter) {
        if (issues.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        IssueFilter.Window window = filter.window();
        Instant end = window == null || window.to() == null || window.to().isAfter(now) ? now : window.to();
        Set<String> environments = filter.environments();
        Instant lastHour = end.minusNanos(1).truncatedTo(ChronoUnit.HOURS);
        Map<Long, long[]> trends = rollups.trends(
                issues.stream().map(StoredIssue::id).toList(),
                lastHour.minus(TREND_HOURS - 1, ChronoUnit.HOURS),
                TREND_HOURS,
                environments);
        List<Long> partly = issues.stream()
                .filter(issue -> !isWhole(issue, window, environments))
                .map(StoredIssue::id)
                .toList();
        Map<Long, IssueCount> counts = partly.isEmpty()
                ? Map.of()
                : rollups.issues(
                        partly,
                        window == null ? Instant.EPOCH : window.from().truncatedTo(ChronoUnit.HOURS),
                        window == null ? null : window.to(),
                        environments);
        return issues.stream()
                .map(issue -> IssueResponse.of(
                        issue,
                        isWhole(issue, window, environments)
                                ? new IssueCount(issue.eventCount(), issue.usersAffected())
                                : counts.getOrDefault(issue.id(), new IssueCount(0, 0)),
                        trends.getOrDefault(issue.id(), new long[TREND_HOURS]),
                        now))
                .toList();
    }

    /** Whether all that ever happened of an issue is wanted: that is counted on the issue itself. */
    private static boolean isWhole(
            StoredIssue issue, IssueFilter.@Nullable Window window, @Nullable Set<String> environments) {
        return environments == null
                && (window == null
                        || (!issue.firstSeen().isBefore(window.from().truncatedTo(ChronoUnit.HOURS))
                                && (window.to() == null || issue.lastSeen().isBefore(window.to()))));
    }
}
