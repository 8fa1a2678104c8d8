package dev.resentry.storage.envelope;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchContext.Exclusion;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of a replay: leaves an item as it is that people discarded, and an envelope with an item that is stored and fails now, so that a bug
 * removes nothing.
 */
public final class KeptItems implements BatchStep {
    private static final String SQL = """
            SELECT i.envelope_id, i.position, i.outcome = 'stored', i.drop_cause, i.event_id
            FROM unnest(?, ?) AS covered(at, id)
            JOIN envelope_items i ON i.received_at = %s AND i.envelope_id = covered.id
            WHERE i.outcome = 'stored' OR i.outcome = 'dropped' AND i.drop_reason = 'discarded'
            """.formatted(instant("covered.at"));

    private record Place(UUID envelopeId, int position) {}

    private record Former(
            boolean stored,
            @Nullable String cause,
            @Nullable EventId eventId) {}

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ENVELOPES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Map<Place, Former> items = read(batch);
        batch.retain(record -> !losesItem(record.envelope(), items), Exclusion.NOT_UNDERSTOOD);
        batch.replaceAll(record -> new Received(record.source(), withDiscarded(record.envelope(), items)));
    }

    private static boolean losesItem(IngestedEnvelope envelope, Map<Place, Former> items) {
        List<IngestedItem> now = envelope.items();
        for (int position = 0; position < now.size(); position++) {
            Former former = items.get(place(envelope, position));
            if (former != null
                    && former.stored()
                    && now.get(position).outcome() instanceof Outcome.Dropped why
                    && why.reason().isFailure()) {
                return true;
            }
        }
        return false;
    }

    private static IngestedEnvelope withDiscarded(IngestedEnvelope envelope, Map<Place, Former> items) {
        IngestedEnvelope changed = envelope;
        for (int position = 0; position < envelope.items().size(); position++) {
            Former former = items.get(place(envelope, position));
            if (former != null && !former.stored()) {
                IngestedItem item = envelope.items().get(position);
                String cause = former.cause() == null ? "" : former.cause();
                changed = changed.with(
                        position,
                        new IngestedItem(
                                item.header(),
                                item.payloadOffset(),
                                item.payloadLength(),
                                former.eventId(),
                                new Outcome.Dropped(DropReason.DISCARDED, cause),
                                List.of()));
            }
        }
        return changed;
    }

    private static Place place(IngestedEnvelope envelope, int position) {
        return new Place(envelope.raw().receipt().id().value(), position);
    }

    private static Map<Place, Former> read(BatchContext batch) throws SQLException {
        var covered = new ColumnArrays<>(batch.connection(), batch.receipts());
        Map<Place, Former> items = new HashMap<>();
        try (PreparedStatement select = batch.connection().prepareStatement(SQL)) {
            select.setArray(1, covered.micros(Receipt::receivedAt));
            select.setArray(2, covered.uuids(receipt -> receipt.id().value()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID eventId = rows.getObject(5, UUID.class);
                    items.put(
                            new Place(rows.getObject(1, UUID.class), rows.getInt(2)),
                            new Former(
                                    rows.getBoolean(3),
                                    rows.getString(4),
                                    eventId == null ? null : new EventId(eventId)));
                }
            }
        }
        return items;
    }
}
