package dev.resentry.storage.event;

import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.search.SearchCondition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; null wants all.
 *
 * @param environments empty texts stand for events without one
 * @param search a query on the dataset of events
 * @param from from which arrival on
 * @param to before which arrival
 */
public record EventFilter(
        VisibleProjects projects,
        @Nullable Long issueId,
        @Nullable String level,
        @Nullable Set<String> environments,
        @Nullable SearchCondition search,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Wants every event. */
    public static final EventFilter ALL = new EventFilter(VisibleProjects.ALL, null, null, null, null, null, null);

    public EventFilter {
        environments = environments == null ? null : Set.copyOf(environments);
    }

    public static EventFilter ofProject(long projectId) {
        return new EventFilter(new VisibleProjects(Set.of(projectId)), null, null, null, null, null, null);
    }

    public static EventFilter ofIssue(long issueId) {
        return ofIssue(issueId, null);
    }

    /** The events of an issue that a query wants. */
    public static EventFilter ofIssue(long issueId, @Nullable SearchCondition search) {
        return new EventFilter(VisibleProjects.ALL, issueId, null, null, search, null, null);
    }

    /** The filter as SQL on {@code events e}, each condition with an AND in front. */
    String conditions() {
        var sql = new StringBuilder();
        Set<Long> ids = projects.ids();
        if (ids != null) {
            // Equality lets the index of a project give its order.
            sql.append(ids.size() == 1 ? "AND e.project_id = :project " : "AND e.project_id = ANY (:projects) ");
        }
        if (issueId != null) {
            sql.append("AND e.issue_id = :issue ");
        }
        if (level != null) {
            sql.append("AND e.level = :level ");
        }
        if (environments != null) {
            sql.append("AND coalesce(e.environment, '') = ANY (:environments) ");
        }
        if (search != null) {
            sql.append("AND ").append(search.sql()).append(' ');
        }
        if (from != null) {
            sql.append("AND e.received_at >= :from ");
        }
        if (to != null) {
            sql.append("AND e.received_at < :to ");
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
        parameters.put("issue", issueId);
        parameters.put("level", level);
        parameters.put("environments", environments == null ? null : environments.toArray(String[]::new));
        if (search != null) {
            parameters.putAll(search.parameters());
        }
        parameters.put("from", from == null ? null : from.atOffset(ZoneOffset.UTC));
        parameters.put("to", to == null ? null : to.atOffset(ZoneOffset.UTC));
        return parameters;
    }
}
