package dev.resentry.storage.feedback;

import dev.resentry.storage.VisibleProjects;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which feedback is wanted; null wants all.
 *
 * @param environments empty texts stand for feedback without one
 * @param text what the message, the name, the address or the page holds, without regard to case
 * @param from from which arrival on
 * @param to before which arrival
 * @param issueId the issue of whose events it is about one
 */
public record FeedbackFilter(
        VisibleProjects projects,
        @Nullable FeedbackStatus status,
        @Nullable Long assignee,
        @Nullable Set<String> environments,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Long issueId) {

    public FeedbackFilter {
        environments = environments == null ? null : Set.copyOf(environments);
    }

    /** All that is about events of an issue. */
    public static FeedbackFilter ofIssue(long projectId, long issueId) {
        return new FeedbackFilter(new VisibleProjects(Set.of(projectId)), null, null, null, null, null, null, issueId);
    }

    /** The same of any status. */
    FeedbackFilter ofAnyStatus() {
        return new FeedbackFilter(projects, null, assignee, environments, text, from, to, issueId);
    }

    /** The filter as SQL on {@code feedback f} and its {@code feedback_states s}, each condition with an AND in front. */
    String conditions() {
        var sql = new StringBuilder();
        Set<Long> ids = projects.ids();
        if (ids != null) {
            // Equality lets the index of a project give its order.
            sql.append(ids.size() == 1 ? "AND f.project_id = :project " : "AND f.project_id = ANY (:projects) ");
        }
        if (status != null) {
            sql.append("AND coalesce(s.status, 'unresolved') = :status ");
        }
        if (assignee != null) {
            sql.append("AND s.assignee_id = :assignee ");
        }
        if (environments != null) {
            // A report says none; its event does.
            sql.append("""
                    AND coalesce(f.environment, (
                            SELECT e.environment FROM event_identities k
                            JOIN events e ON e.received_at = k.received_at AND e.project_id = k.project_id AND e.event_id = k.event_id
                            WHERE k.project_id = f.project_id AND k.event_id = f.event_id), '') = ANY (:environments)
                    """);
        }
        if (text != null) {
            sql.append("AND strpos(lower(concat_ws(E'\\n', f.message, f.name, f.email, f.url)), lower(:text)) > 0 ");
        }
        if (from != null) {
            sql.append("AND f.received_at >= :from ");
        }
        if (to != null) {
            sql.append("AND f.received_at < :to ");
        }
        if (issueId != null) {
            sql.append("""
                    AND f.event_id IS NOT NULL AND EXISTS (
                        SELECT FROM event_identities k
                        JOIN events e ON e.received_at = k.received_at AND e.project_id = k.project_id AND e.event_id = k.event_id
                        WHERE k.project_id = f.project_id AND k.event_id = f.event_id AND e.issue_id = :issue)
                    """);
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
        parameters.put("status", status == null ? null : status.wireName());
        parameters.put("assignee", assignee);
        parameters.put("environments", environments == null ? null : environments.toArray(String[]::new));
        parameters.put("text", text);
        parameters.put("from", from == null ? null : from.atOffset(ZoneOffset.UTC));
        parameters.put("to", to == null ? null : to.atOffset(ZoneOffset.UTC));
        parameters.put("issue", issueId);
        return parameters;
    }
}
