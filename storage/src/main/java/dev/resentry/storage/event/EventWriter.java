package dev.resentry.storage.event;

import static dev.resentry.storage.ingest.Column.bigint;
import static dev.resentry.storage.ingest.Column.bytes;
import static dev.resentry.storage.ingest.Column.flag;
import static dev.resentry.storage.ingest.Column.instant;
import static dev.resentry.storage.ingest.Column.json;
import static dev.resentry.storage.ingest.Column.text;
import static dev.resentry.storage.ingest.Column.uuid;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventAttributes;
import dev.resentry.model.event.EventId;
import dev.resentry.model.event.UserHash;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.storage.artifact.MissingSourceMaps;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.DerivedTable;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.issue.AssignedIssues;
import dev.resentry.storage.outbox.ItemSummaries;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes events whose identity was claimed and whose issue was found before, in the same transaction. */
public final class EventWriter implements BatchStep {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The same JSON in either column, however it is written, is the same payload: earlier versions stored all as jsonb. */
    private static final String PAYLOAD = "coalesce(%1$s.payload_json::jsonb, %1$s.payload_jsonb)";

    private static final DerivedTable<EventOfIssue> TABLE = DerivedTable.of(
            "events",
            List.of("received_at", "project_id", "event_id"),
            List.of(
                    instant("received_at", row -> row.receipt().receivedAt()),
                    bigint("project_id", row -> row.receipt().projectId().value()),
                    uuid("event_id", row -> row.event().id().value()),
                    bigint("issue_id", EventOfIssue::issueId),
                    uuid("envelope_id", row -> row.receipt().id().value()),
                    instant("occurred_at", row -> row.event().occurredAt()),
                    text("level", row -> row.event().level()),
                    text("platform", row -> row.event().platform()),
                    text("title", row -> row.event().title()),
                    text("culprit", row -> row.event().culprit()),
                    text("message", row -> row.event().message()),
                    text("release", row -> row.event().release()),
                    text("environment", row -> row.event().environment()),
                    text("transaction", row -> row.attributes().transaction()),
                    bigint("user_hash", row -> hash(row.attributes().userHash())),
                    uuid("trace_id", row -> row.attributes().traceId()),
                    flag("handled", row -> row.attributes().handled()),
                    text("sdk_name", row -> row.attributes().sdkName()),
                    text("sdk_version", row -> row.attributes().sdkVersion()),
                    text("error_type", row -> row.attributes().errorType()),
                    text("strategy", row -> row.event().hash().strategy()),
                    bytes("hash", row -> row.event().hash().toByteArray()),
                    json("tags", row -> JSON.writeValueAsString(row.event().tags())),
                    flag("payload_kept", EventOfIssue::isPayloadKept),
                    flag("needs_source_maps", row -> row.isMinified() && row.isPayloadKept()),
                    text("payload_json", EventOfIssue::plainPayload).comparedAs(PAYLOAD),
                    json("payload_jsonb", EventOfIssue::doubtfulPayload).comparedAs(PAYLOAD)));

    /** An event with the issue that it belongs to. */
    private record EventOfIssue(
            Receipt receipt,
            NewEvent event,
            long issueId,
            boolean isPayloadKept,
            StoredPayload payload,
            boolean isMinified) {
        static EventOfIssue of(BatchRow<NewEvent> row, AssignedIssues issues, CutPayloads cut, Set<EventId> minified) {
            return new EventOfIssue(
                    row.receipt(),
                    row.row(),
                    issues.issueOf(row.receipt().projectId(), row.row().hash()),
                    !cut.contains(row.row()),
                    StoredPayload.of(cut.payloadOf(row.row())),
                    minified.contains(row.row().id()));
        }

        @Nullable
        String plainPayload() {
            return payload.isPlain() ? payload.json() : null;
        }

        @Nullable
        String doubtfulPayload() {
            return payload.isPlain() ? null : payload.json();
        }

        EventAttributes attributes() {
            return event.attributes();
        }
    }

    private static @Nullable Long hash(@Nullable UserHash user) {
        return user == null ? null : user.value();
    }

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
        CutPayloads cut = batch.get(CutPayloads.class);
        Set<EventId> minified = batch.rows(MissingSourceMaps.class).stream()
                .map(row -> row.row().eventId())
                .collect(Collectors.toSet());
        batch.write(
                TABLE,
                events.stream()
                        .map(row -> EventOfIssue.of(row, issues, cut, minified))
                        .toList());
    }

    private static EventSummary summary(BatchRow<NewEvent> row, AssignedIssues issues) {
        NewEvent event = row.row();
        return new EventSummary(
                issues.issueOf(row.receipt().projectId(), event.hash()),
                event.occurredAt(),
                event.level(),
                event.platform(),
                event.title(),
                event.culprit(),
                event.release(),
                event.environment(),
                event.tags());
    }
}
