package dev.resentry.storage.feedback;

import static dev.resentry.storage.ingest.Column.bigint;
import static dev.resentry.storage.ingest.Column.instant;
import static dev.resentry.storage.ingest.Column.json;
import static dev.resentry.storage.ingest.Column.text;
import static dev.resentry.storage.ingest.Column.uuid;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.DerivedTable;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes feedback whose identity was claimed before, in the same transaction of the database. */
public final class FeedbackWriter implements BatchStep {
    private static final DerivedTable<BatchRow<NewFeedback>> TABLE = DerivedTable.of(
            "feedback",
            List.of("received_at", "project_id", "feedback_id"),
            List.of(
                    instant("received_at", row -> row.receipt().receivedAt()),
                    bigint("project_id", row -> row.receipt().projectId().value()),
                    uuid("feedback_id", row -> row.row().eventId().value()),
                    uuid("envelope_id", row -> row.receipt().id().value()),
                    instant("occurred_at", row -> row.row().occurredAt()),
                    text("source", row -> row.row().source()),
                    text("message", row -> row.row().message()),
                    text("name", row -> row.row().name()),
                    text("email", row -> row.row().email()),
                    text("url", row -> row.row().url()),
                    uuid("event_id", row -> value(row.row().aboutEvent())),
                    uuid("replay_id", row -> row.row().replayId()),
                    uuid("trace_id", row -> row.row().traceId()),
                    text("platform", row -> row.row().platform()),
                    text("release", row -> row.row().release()),
                    text("environment", row -> row.row().environment()),
                    text("sdk_name", row -> row.row().sdkName()),
                    text("sdk_version", row -> row.row().sdkVersion()),
                    json("tags", row -> row.row().tagsJson())));

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        batch.write(TABLE, batch.rows(NewFeedback.class));
    }

    private static @Nullable UUID value(@Nullable EventId id) {
        return id == null ? null : id.value();
    }
}
