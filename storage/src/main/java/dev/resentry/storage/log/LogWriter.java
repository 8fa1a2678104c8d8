package dev.resentry.storage.log;

import static dev.resentry.storage.ingest.Column.bigint;
import static dev.resentry.storage.ingest.Column.instant;
import static dev.resentry.storage.ingest.Column.integer;
import static dev.resentry.storage.ingest.Column.json;
import static dev.resentry.storage.ingest.Column.text;
import static dev.resentry.storage.ingest.Column.uuid;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.DerivedTable;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes logs. */
public final class LogWriter implements BatchStep {
    private static final DerivedTable<LogOfItem> TABLE = DerivedTable.of(
            "logs",
            List.of("received_at", "envelope_id", "position", "index"),
            List.of(
                    instant("received_at", row -> row.receipt().receivedAt()),
                    uuid("envelope_id", row -> row.receipt().id().value()),
                    integer("position", LogOfItem::position),
                    integer("index", LogOfItem::index),
                    bigint("project_id", row -> row.receipt().projectId().value()),
                    instant("occurred_at", row -> row.log().occurredAt()),
                    bigint("sequence", row -> row.log().sequence()),
                    uuid("trace_id", row -> row.log().traceId()),
                    text("span_id", row -> row.log().spanId()),
                    text("level", row -> row.log().level().wireName()),
                    integer("severity_number", row -> row.log().severity()),
                    text("body", row -> row.log().body()),
                    text("environment", row -> row.log().environment()),
                    text("release", row -> row.log().release()),
                    text("sdk_name", row -> row.log().sdkName()),
                    text("server_address", row -> row.log().serverAddress()),
                    json("attributes", row -> row.log().attributesJson())));

    /**
     * A log with its place.
     *
     * @param position of its item in the envelope
     * @param index of the log in its item
     */
    private record LogOfItem(Receipt receipt, int position, int index, NewLog log) {}

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<LogOfItem> logs = new ArrayList<>();
        for (BatchItem item : batch.items()) {
            if (item.outcome() instanceof Outcome.Stored) {
                int index = 0;
                for (NewLog log : item.item().rows(NewLog.class)) {
                    logs.add(new LogOfItem(item.receipt(), item.position(), index++, log));
                }
            }
        }
        batch.write(TABLE, logs);
    }
}
