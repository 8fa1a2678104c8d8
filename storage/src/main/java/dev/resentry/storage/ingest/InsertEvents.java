package dev.resentry.storage.ingest;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Inserts events whose identity was claimed before, in the same transaction. */
final class InsertEvents {
    private static final String SQL = """
            INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, platform, title,
                                culprit, message, release, environment, strategy, hash, tags, payload)
            SELECT %s, project_id, event_id, issue_id, envelope_id, %s, level, platform, title,
                   culprit, message, release, environment, strategy, hash, tags::jsonb, payload::jsonb
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new(received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, platform, title,
                       culprit, message, release, environment, strategy, hash, tags, payload)
            """.formatted(instant("received_at"), instant("occurred_at"));

    private InsertEvents() {}

    static void run(Connection connection, List<EventRow> events, Map<IssueKey, Long> issues) throws SQLException {
        var rows = new ColumnArrays<>(connection, events);
        try (PreparedStatement insert = connection.prepareStatement(SQL)) {
            insert.setArray(1, rows.micros(row -> row.receipt().receivedAt()));
            insert.setArray(2, rows.longs(row -> row.receipt().projectId().value()));
            insert.setArray(3, rows.uuids(row -> row.event().id().value()));
            insert.setArray(4, rows.longs(row -> issueOf(row, issues)));
            insert.setArray(5, rows.uuids(row -> row.receipt().id().value()));
            insert.setArray(6, rows.micros(row -> row.event().occurredAt()));
            insert.setArray(7, rows.texts(row -> row.event().level()));
            insert.setArray(8, rows.texts(row -> row.event().platform()));
            insert.setArray(9, rows.texts(row -> row.event().title()));
            insert.setArray(10, rows.texts(row -> row.event().culprit()));
            insert.setArray(11, rows.texts(row -> row.event().message()));
            insert.setArray(12, rows.texts(row -> row.event().release()));
            insert.setArray(13, rows.texts(row -> row.event().environment()));
            insert.setArray(14, rows.texts(row -> row.event().hash().strategy()));
            insert.setArray(15, rows.bytes(row -> row.event().hash().toByteArray()));
            insert.setArray(16, rows.texts(row -> row.event().tagsJson()));
            insert.setArray(17, rows.texts(row -> row.event().payloadJson()));
            insert.executeUpdate();
        }
    }

    private static long issueOf(EventRow row, Map<IssueKey, Long> issues) {
        Long issue = issues.get(row.issueKey());
        if (issue == null) {
            throw new IllegalStateException("no issue for " + row.issueKey());
        }
        return issue;
    }
}
