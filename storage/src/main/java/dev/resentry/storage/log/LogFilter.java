package dev.resentry.storage.log;

import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.search.SearchCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which logs are wanted; null wants all.
 *
 * @param environments empty texts stand for logs without one
 * @param levels the words of levels
 * @param from from which time on, by their own clock
 * @param to before which time
 * @param condition what a query asks for besides
 */
public record LogFilter(
        VisibleProjects projects,
        @Nullable Set<String> environments,
        @Nullable Set<String> levels,
        @Nullable UUID traceId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable SearchCondition condition) {
    /** By how much a log may have happened after its arrival, rounded up. */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    public LogFilter {
        environments = environments == null ? null : Set.copyOf(environments);
        levels = levels == null ? null : Set.copyOf(levels);
    }

    /** The filter as SQL on {@code logs l}, each condition with an AND in front. */
    String conditions() {
        var sql = new StringBuilder();
        Set<Long> ids = projects.ids();
        if (ids != null) {
            // Equality lets the index of a project give its order.
            sql.append(ids.size() == 1 ? "AND l.project_id = :project " : "AND l.project_id = ANY (:projects) ");
        }
        if (environments != null) {
            sql.append("AND coalesce(l.environment, '') = ANY (:environments) ");
        }
        if (levels != null) {
            sql.append("AND l.level = ANY (:levels) ");
        }
        if (traceId != null) {
            sql.append("AND l.trace_id = :trace ");
        }
        if (from != null) {
            // Partitions of earlier days are left out by the second condition.
            sql.append("AND l.occurred_at >= :from AND l.received_at >= :fromArrival ");
        }
        if (to != null) {
            sql.append("AND l.occurred_at < :to ");
        }
        if (condition != null) {
            sql.append("AND (").append(condition.sql()).append(") ");
        }
        return sql.toString();
    }

    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        Set<Long> ids = projects.ids();
        if (ids != null) {
            parameters.put("projects", projects.parameter());
            parameters.put("project", ids.stream().findFirst().orElse(null));
        }
        parameters.put("environments", environments == null ? null : environments.toArray(String[]::new));
        parameters.put("levels", levels == null ? null : levels.toArray(String[]::new));
        parameters.put("trace", traceId);
        parameters.put("from", from == null ? null : from.atOffset(ZoneOffset.UTC));
        parameters.put("fromArrival", from == null ? null : from.minus(AHEAD).atOffset(ZoneOffset.UTC));
        parameters.put("to", to == null ? null : to.atOffset(ZoneOffset.UTC));
        if (condition != null) {
            parameters.putAll(condition.parameters());
        }
        return parameters;
    }
}
