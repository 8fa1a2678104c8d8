package dev.resentry.storage.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.deadletter.StoredDeadLetter.Attempt;
import dev.resentry.storage.deadletter.StoredDeadLetter.Body;
import dev.resentry.storage.deadletter.StoredDeadLetter.Cause;
import dev.resentry.storage.ingest.SourceRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads dead letters. */
public final class DeadLetterQueries {
    private static final String SELECT = """
            SELECT id, at, reason, stage, cause, exception, project_id, envelope_id, event_id, item_position, source_topic,
                   source_partition, source_offset, state, retry_job, attempts, resolution, resolved_by, resolved_at
            FROM dead_letters
            """;

    private static final String CAUSES = """
            SELECT c.*, l.cause
            FROM (SELECT reason, stage, project_id, count(*) AS letters, min(at) AS oldest, max(at) AS newest, max(id) AS example
                  FROM dead_letters
                  WHERE state IN ('open', 'retrying') {visible}
                  GROUP BY reason, stage, project_id
                  ORDER BY letters DESC, reason, stage, project_id
                  LIMIT :limit) AS c
            JOIN dead_letters l ON l.id = c.example
            ORDER BY c.letters DESC, c.reason, c.stage, c.project_id
            """;

    private static final String ATTEMPTS = """
            SELECT number, at, by_name, job_id, result, reason, stage, cause, exception
            FROM dead_letter_attempts WHERE letter_id = :id ORDER BY number
            """;

    private static final String BODY = """
            SELECT d.headers::text AS headers, coalesce(d.body, e.body) AS body
            FROM dead_letters d
            LEFT JOIN LATERAL (
                SELECT body FROM envelopes WHERE received_at = d.envelope_received_at AND id = d.envelope_id LIMIT 1) AS e ON true
            WHERE d.id = :id AND d.state <> 'discarded'
            """;

    private final JdbcClient jdbc;

    public DeadLetterQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Letters with a smaller id than {@code before}, the newest first. */
    public Page<StoredDeadLetter> list(DeadLetterFilter filter, VisibleProjects visible, long before, int limit) {
        // Each condition stands there only if it is asked for, so that the plan has the index for it.
        var sql = new StringBuilder(SELECT).append("WHERE id < :before");
        append(sql, " AND state = :state", filter.state());
        append(sql, " AND reason = :reason", filter.reason());
        append(sql, " AND stage = :stage", filter.stage());
        append(sql, " AND project_id = :project", filter.projectId());
        sql.append(visible.and("project_id"));
        return Page.ofOneMore(
                jdbc.sql(sql.append(" ORDER BY id DESC LIMIT :limit").toString())
                        .param("before", before)
                        .param("state", filter.state())
                        .param("reason", filter.reason())
                        .param("stage", filter.stage())
                        .param("project", filter.projectId())
                        .param("visible", visible.parameter())
                        .param("limit", limit + 1)
                        .query((row, _) -> letter(row))
                        .list(),
                limit);
    }

    private static void append(StringBuilder sql, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
        }
    }

    /** The causes with the most open letters, the largest first. */
    public List<Cause> causes(VisibleProjects visible, int limit) {
        return jdbc.sql(visible.in(CAUSES, "project_id"))
                .param("visible", visible.parameter())
                .param("limit", limit)
                .query((row, _) -> new Cause(
                        row.getString("reason"),
                        row.getString("stage"),
                        nullableLong(row, "project_id"),
                        row.getLong("letters"),
                        time(row, "oldest"),
                        time(row, "newest"),
                        row.getLong("example"),
                        row.getString("cause")))
                .list();
    }

    public Optional<StoredDeadLetter> find(long id) {
        return jdbc.sql(SELECT + "WHERE id = :id")
                .param("id", id)
                .query((row, _) -> letter(row))
                .optional();
    }

    /** What happened to a letter, the failure that made it first; empty until it is retried or discarded. */
    public List<Attempt> attempts(long id) {
        return jdbc.sql(ATTEMPTS)
                .param("id", id)
                .query((row, _) -> new Attempt(
                        row.getInt("number"),
                        time(row, "at"),
                        row.getString("by_name"),
                        nullableLong(row, "job_id"),
                        row.getString("result"),
                        row.getString("reason"),
                        row.getString("stage"),
                        row.getString("cause"),
                        row.getString("exception")))
                .list();
    }

    /** The record's value as it came, that of its whole envelope for an item; empty if it is not kept any more. */
    public Optional<Body> body(long id) {
        return jdbc.sql(BODY)
                .param("id", id)
                .query((row, _) -> body(row))
                .optional()
                .flatMap(body -> body);
    }

    private static Optional<Body> body(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("body");
        return bytes == null
                ? Optional.empty()
                : Optional.of(new Body(bytes, contentEncoding(LetterHeaders.read(row.getString("headers")))));
    }

    private static @Nullable String contentEncoding(List<SourceRecord.Header> headers) {
        String encoding = null;
        for (SourceRecord.Header header : headers) {
            byte[] value = header.value();
            if (header.name().equals(EnvelopeRecord.CONTENT_ENCODING)) {
                encoding = value == null ? null : new String(value, UTF_8);
            }
        }
        return encoding;
    }

    private static StoredDeadLetter letter(ResultSet row) throws SQLException {
        int position = row.getInt("item_position");
        Integer itemPosition = row.wasNull() ? null : position;
        OffsetDateTime resolvedAt = row.getObject("resolved_at", OffsetDateTime.class);
        return new StoredDeadLetter(
                row.getLong("id"),
                time(row, "at"),
                row.getString("reason"),
                row.getString("stage"),
                row.getString("cause"),
                row.getString("exception"),
                nullableLong(row, "project_id"),
                row.getObject("envelope_id", UUID.class),
                row.getObject("event_id", UUID.class),
                itemPosition,
                row.getString("source_topic"),
                row.getInt("source_partition"),
                row.getLong("source_offset"),
                row.getString("state"),
                nullableLong(row, "retry_job"),
                row.getInt("attempts"),
                row.getString("resolution"),
                row.getString("resolved_by"),
                resolvedAt == null ? null : resolvedAt.toInstant());
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
