package dev.resentry.storage.deletion;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Adds up what the steps of a deletion removed, each in the step's own transaction, for the result of its job. */
public final class DeletionReport {
    private static final String ADD = """
            INSERT INTO deleted_rows AS d (job_id, table_name, removed, newest_received_at)
            VALUES (:job, :table, :removed, :newest)
            ON CONFLICT (job_id, table_name) DO UPDATE
                SET removed = d.removed + excluded.removed,
                    newest_received_at = greatest(d.newest_received_at, excluded.newest_received_at)
            """;

    private final JdbcClient jdbc;
    private final TopicCopy topic;

    public DeletionReport(JdbcClient jdbc, TopicCopy topic) {
        this.jdbc = jdbc;
        this.topic = topic;
    }

    /** Counts what a step removed, in its transaction. */
    public void add(long jobId, List<RemovedRows> removed) {
        for (RemovedRows rows : removed) {
            if (rows.count() > 0) {
                Instant newest = rows.newestArrival();
                jdbc.sql(ADD)
                        .param("job", jobId)
                        .param("table", rows.table())
                        .param("removed", rows.count())
                        .param("newest", newest == null ? null : newest.atOffset(ZoneOffset.UTC))
                        .update();
            }
        }
    }

    /** The result of a job: {@code removed_rows}, {@code tables} with the rows of each, {@code topic_copy_expires_on}. */
    public ObjectNode of(long jobId) {
        List<RemovedRows> all = jdbc.sql("""
                        SELECT table_name, removed, newest_received_at FROM deleted_rows WHERE job_id = :job ORDER BY table_name
                        """)
                .param("job", jobId)
                .query((row, _) -> {
                    OffsetDateTime newest = row.getObject(3, OffsetDateTime.class);
                    return new RemovedRows(
                            row.getString(1), row.getLong(2), newest == null ? null : newest.toInstant());
                })
                .list();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("removed_rows", all.stream().mapToLong(RemovedRows::count).sum());
        ObjectNode tables = result.putObject("tables");
        all.forEach(rows -> tables.put(rows.table(), rows.count()));
        Optional<Instant> newest = all.stream()
                .map(RemovedRows::newestArrival)
                .filter(Objects::nonNull)
                .max(Instant::compareTo);
        result.put(
                "topic_copy_expires_on",
                newest.map(at -> topic.expiresOn(at).toString()).orElse(null));
        return result;
    }
}
