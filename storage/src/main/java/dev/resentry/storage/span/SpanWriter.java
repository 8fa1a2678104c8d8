package dev.resentry.storage.span;

import static dev.resentry.storage.ingest.Column.bigint;
import static dev.resentry.storage.ingest.Column.flag;
import static dev.resentry.storage.ingest.Column.instant;
import static dev.resentry.storage.ingest.Column.integer;
import static dev.resentry.storage.ingest.Column.json;
import static dev.resentry.storage.ingest.Column.number;
import static dev.resentry.storage.ingest.Column.text;
import static dev.resentry.storage.ingest.Column.uuid;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.DerivedTable;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes spans: those of containers, and those of transactions that are not duplicates. */
public final class SpanWriter implements BatchStep {
    private static final DerivedTable<SpanOfItem> TABLE = DerivedTable.of(
            "spans",
            List.of("received_at", "envelope_id", "position", "index"),
            List.of(
                    instant("received_at", row -> row.receipt().receivedAt()),
                    uuid("envelope_id", row -> row.receipt().id().value()),
                    integer("position", SpanOfItem::position),
                    integer("index", SpanOfItem::index),
                    bigint("project_id", row -> row.receipt().projectId().value()),
                    uuid("trace_id", row -> row.span().traceId()),
                    text("span_id", row -> row.span().spanId()),
                    text("parent_span_id", row -> row.span().parentSpanId()),
                    uuid("transaction_id", row -> value(row.span().transactionId())),
                    flag("segment", row -> row.span().segment()),
                    text("op", row -> row.span().op()),
                    text("description", row -> row.span().description()),
                    text("status", row -> row.span().status()),
                    text("origin", row -> row.span().origin()),
                    instant("started_at", row -> row.span().startedAt()),
                    number("duration_ms", row -> duration(row.span())),
                    json("data", row -> row.span().dataJson()),
                    json("other", row -> row.span().otherJson())));

    /**
     * A span with its place.
     *
     * @param position of its item in the envelope
     * @param index of the span in its item
     */
    private record SpanOfItem(Receipt receipt, int position, int index, NewSpan span) {}

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<SpanOfItem> spans = new ArrayList<>();
        for (BatchItem item : batch.items()) {
            if (item.outcome() instanceof Outcome.Stored) {
                int index = 0;
                for (NewSpan span : item.item().rows(NewSpan.class)) {
                    spans.add(new SpanOfItem(item.receipt(), item.position(), index++, span));
                }
            }
        }
        batch.write(TABLE, spans);
    }

    private static @Nullable UUID value(@Nullable EventId id) {
        return id == null ? null : id.value();
    }

    private static double duration(NewSpan span) {
        return ChronoUnit.MICROS.between(span.startedAt(), span.endedAt()) / 1000.0;
    }
}
