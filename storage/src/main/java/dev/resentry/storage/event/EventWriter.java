package dev.resentry.storage.event;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.issue.AssignedIssues;
import dev.resentry.storage.outbox.ItemSummaries;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inserts events whose identity was claimed and whose issue was found before, in the same transaction. */
public final class EventWriter implements BatchStep {
    private static final String SQL = """
            INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, platform, title,
                                culprit, message, release, environment, strategy, hash, tags, payload)
            SELECT %s, project_id, event_id, issue_id, envelope_id, %s, level, platform, title,
                   culprit, message, release, environment, strategy, hash, tags::jsonb, payload::jsonb
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new(received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, platform, title,
                       culprit, message, release, environment, strategy, hash, tags, payload)
            """.formatted(instant("received_at"), instant("occurred_at"));

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<BatchRow<NewEvent>> events = batch.rows(NewEvent.class);
        AssignedIssues issues = batch.get(AssignedIssues.class);
        var summaries = new ItemSummaries();
        events.forEach(row -> summaries.put(row.item(), summary(row, issues)));
        batch.put(ItemSummaries.class, summaries);
        if (!events.isEmpty()) {
            insert(batch, events, issues);
        }
    }

    private static EventSummary summary(BatchRow<NewEvent> row, AssignedIssues issues) {
        NewEvent event = row.row();
        Map<String, String> tags = new LinkedHashMap<>();
        UntrustedJson.STORED
                .tree(event.tagsJson())
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
        return new EventSummary(
                issues.issueOf(row.receipt().projectId(), event.hash()),
                event.occurredAt(),
                event.level(),
                event.platform(),
                event.title(),
                event.culprit(),
                event.release(),
                event.environment(),
                tags);
    }

    private static void insert(BatchContext batch, List<BatchRow<NewEvent>> events, AssignedIssues issues)
            throws SQLException {
        var rows = new ColumnArrays<>(batch.connection(), events);
        try (PreparedStatement insert = batch.connection().prepareStatement(SQL)) {
            insert.setArray(1, rows.micros(row -> row.receipt().receivedAt()));
            insert.setArray(2, rows.longs(row -> row.receipt().projectId().value()));
            insert.setArray(3, rows.uuids(row -> row.row().id().value()));
            insert.setArray(
                    4,
                    rows.longs(row ->
                            issues.issueOf(row.receipt().projectId(), row.row().hash())));
            insert.setArray(5, rows.uuids(row -> row.receipt().id().value()));
            insert.setArray(6, rows.micros(row -> row.row().occurredAt()));
            insert.setArray(7, rows.texts(row -> row.row().level()));
            insert.setArray(8, rows.texts(row -> row.row().platform()));
            insert.setArray(9, rows.texts(row -> row.row().title()));
            insert.setArray(10, rows.texts(row -> row.row().culprit()));
            insert.setArray(11, rows.texts(row -> row.row().message()));
            insert.setArray(12, rows.texts(row -> row.row().release()));
            insert.setArray(13, rows.texts(row -> row.row().environment()));
            insert.setArray(14, rows.texts(row -> row.row().hash().strategy()));
            insert.setArray(15, rows.bytes(row -> row.row().hash().toByteArray()));
            insert.setArray(16, rows.texts(row -> row.row().tagsJson()));
            insert.setArray(17, rows.texts(row -> row.row().payloadJson()));
            insert.executeUpdate();
        }
    }
}
