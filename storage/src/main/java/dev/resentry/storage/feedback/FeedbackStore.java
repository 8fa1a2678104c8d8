package dev.resentry.storage.feedback;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.VisibleProjects;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people make of feedback: its status and its assignee. */
public final class FeedbackStore {
    /** Identities tell when feedback came, which leaves few partitions to look into; the order is that of the locks. */
    private static final String CHANGE = """
            INSERT INTO feedback_states AS s (project_id, feedback_id, status, assignee_id, changed_at, changed_by)
            SELECT f.project_id, f.feedback_id, coalesce(:status::text, 'unresolved'), :assignee::bigint, :now, :by
            FROM projects p
            JOIN event_identities k ON k.project_id = p.id AND k.event_id = ANY (:ids::uuid[])
            JOIN feedback f ON f.received_at = k.received_at AND f.project_id = k.project_id AND f.feedback_id = k.event_id
            WHERE true{visible}
              AND NOT (coalesce(:status::text, 'unresolved') = 'unresolved' AND :assignee::bigint IS NULL
                       AND NOT EXISTS (SELECT FROM feedback_states t
                                       WHERE t.project_id = f.project_id AND t.feedback_id = f.feedback_id))
            ORDER BY f.project_id, f.feedback_id
            ON CONFLICT (project_id, feedback_id) DO UPDATE SET
                status = coalesce(:status::text, s.status),
                assignee_id = CASE WHEN :assigns THEN excluded.assignee_id ELSE s.assignee_id END,
                changed_at = excluded.changed_at,
                changed_by = excluded.changed_by
            WHERE s.status <> coalesce(:status::text, s.status)
               OR (:assigns AND s.assignee_id IS DISTINCT FROM excluded.assignee_id)
            RETURNING s.feedback_id
            """;

    private final JdbcClient jdbc;

    public FeedbackStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A change; null leaves what is.
     *
     * @param assigns whether the assignee is changed, which may be to nobody
     */
    public record Change(
            @Nullable FeedbackStatus status,
            boolean assigns,
            @Nullable Long assignee) {}

    /** Whether feedback can be given to somebody. */
    public boolean isActiveUser(long id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM users WHERE id = :id AND active)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Changes feedback of visible projects; which was not as wanted before. Ids that are none of it are passed over. */
    public Set<EventId> change(
            Collection<EventId> ids, Change change, VisibleProjects projects, String by, Instant now) {
        return new TreeSet<>(jdbc.sql(projects.in(CHANGE, "k.project_id"))
                .param("ids", ids.stream().map(EventId::toString).toArray(String[]::new))
                .param("visible", projects.parameter())
                .param(
                        "status",
                        change.status() == null ? null : change.status().wireName())
                .param("assigns", change.assigns())
                .param("assignee", change.assignee())
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new EventId(row.getObject(1, UUID.class)))
                .list());
    }
}
