package dev.resentry.storage.transaction;

import static dev.resentry.storage.ingest.Column.bigint;
import static dev.resentry.storage.ingest.Column.instant;
import static dev.resentry.storage.ingest.Column.integer;
import static dev.resentry.storage.ingest.Column.json;
import static dev.resentry.storage.ingest.Column.number;
import static dev.resentry.storage.ingest.Column.text;
import static dev.resentry.storage.ingest.Column.uuid;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.DerivedTable;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes transactions whose identity was claimed before, in the same transaction of the database. */
public final class TransactionWriter implements BatchStep {
    private static final DerivedTable<BatchRow<NewTransaction>> TABLE = DerivedTable.of(
            "transactions",
            List.of("received_at", "project_id", "event_id"),
            List.of(
                    instant("received_at", row -> row.receipt().receivedAt()),
                    bigint("project_id", row -> row.receipt().projectId().value()),
                    uuid("event_id", row -> row.row().eventId().value()),
                    uuid("envelope_id", row -> row.receipt().id().value()),
                    text("name", row -> row.row().name()),
                    text("op", row -> row.row().op()),
                    text("status", row -> row.row().status()),
                    uuid("trace_id", row -> row.row().traceId()),
                    text("span_id", row -> row.row().spanId()),
                    text("parent_span_id", row -> row.row().parentSpanId()),
                    instant("started_at", row -> row.row().startedAt()),
                    instant("ended_at", row -> row.row().endedAt()),
                    number("duration_ms", row -> duration(row.row())),
                    text("platform", row -> row.row().platform()),
                    text("release", row -> row.row().release()),
                    text("environment", row -> row.row().environment()),
                    text("http_method", row -> row.row().httpMethod()),
                    integer("http_status", row -> row.row().httpStatus()),
                    text("sdk_name", row -> row.row().sdkName()),
                    text("sdk_version", row -> row.row().sdkVersion()),
                    integer("span_count", row -> row.row().spanCount()),
                    json("tags", row -> row.row().tagsJson()),
                    json("measurements", row -> row.row().measurementsJson()),
                    json("payload", row -> row.row().payloadJson())));

    private static double duration(NewTransaction transaction) {
        return ChronoUnit.MICROS.between(transaction.startedAt(), transaction.endedAt()) / 1000.0;
    }

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        batch.write(TABLE, batch.rows(NewTransaction.class));
    }
}
