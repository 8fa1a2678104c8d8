package dev.resentry.storage.performance;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what a trace has beside its transactions and spans. */
public final class TraceErrorQueries {
    private static final String ERRORS = """
            SELECT event_id, project_id, issue_id, left(title, 256) AS title, level, occurred_at,
                   payload #>> '{contexts,trace,span_id}' AS span_id
            FROM events
            WHERE trace_id = :trace {visible}
            ORDER BY occurred_at, event_id
            LIMIT :limit
            """;

    private static final String PROJECTS = """
            SELECT count(DISTINCT project_id)
            FROM (SELECT project_id FROM transactions WHERE trace_id = :trace
                  UNION ALL SELECT project_id FROM spans WHERE trace_id = :trace
                  UNION ALL SELECT project_id FROM events WHERE trace_id = :trace) AS parts
            WHERE project_id <> ALL (:visible)
            """;

    private final JdbcClient jdbc;

    public TraceErrorQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The events of a trace, those that happened first; at most {@code limit}. */
    public Page<TraceError> ofTrace(UUID traceId, VisibleProjects visible, int limit) {
        return Page.ofOneMore(
                jdbc.sql(visible.in(ERRORS, "project_id"))
                        .param("trace", traceId)
                        .param("visible", visible.parameter())
                        .param("limit", limit + 1)
                        .query((row, _) -> new TraceError(
                                new EventId(row.getObject("event_id", UUID.class)),
                                row.getLong("project_id"),
                                row.getLong("issue_id"),
                                row.getString("title"),
                                row.getString("level"),
                                row.getObject("occurred_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getString("span_id")))
                        .list(),
                limit);
    }

    /** How many projects have a part of a trace that is not visible. */
    public int hiddenProjects(UUID traceId, VisibleProjects visible) {
        return visible.areAll()
                ? 0
                : jdbc.sql(PROJECTS)
                        .param("trace", traceId)
                        .param("visible", visible.parameter())
                        .query(Integer.class)
                        .single();
    }
}
