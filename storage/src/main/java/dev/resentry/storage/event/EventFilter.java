package dev.resentry.storage.event;

import dev.resentry.storage.VisibleProjects;
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
 * @param text what the title or the message holds, without regard to case
 * @param from from which arrival on
 * @param to before which arrival
 */
public record EventFilter(
        VisibleProjects projects,
        @Nullable Long issueId,
        @Nullable String level,
        @Nullable Set<String> environments,
        @Nullable String text,
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
        return new EventFilter(VisibleProjects.ALL, issueId, null, null, null, null, null);
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
        if (text != null) {
            sql.append("AND strpos(lower(e.title || ' ' || coalesce(e.message, '')), lower(:text)) > 0 ");
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
        parameters.put("text", text);
        parameters.put("from", from == null ? null : from.atOffset(ZoneOffset.UTC));
        parameters.put("to", to == null ? null : to.atOffset(ZoneOffset.UTC));
        return parameters;
    }
}
