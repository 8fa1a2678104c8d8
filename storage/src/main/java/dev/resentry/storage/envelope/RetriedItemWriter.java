package dev.resentry.storage.envelope;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a retried item of a stored envelope the outcome that it has now, and leaves what it was as {@link FormerItem}. */
public final class RetriedItemWriter implements BatchStep {
    private static final String FORMER = """
            SELECT category, outcome, coalesce(drop_reason, ''), coalesce(quantity, 1) FROM envelope_items
            WHERE received_at = ? AND envelope_id = ? AND position = ?
            FOR UPDATE
            """;

    private static final String UPDATE = """
            UPDATE envelope_items
            SET outcome = ?, drop_reason = ?, drop_cause = ?, event_id = ?, quantity = ?, category = ?
            WHERE received_at = ? AND envelope_id = ? AND position = ?
            """;

    private static final String NAME_EVENT = """
            UPDATE envelopes SET event_id = ? WHERE received_at = ? AND id = ? AND event_id IS NULL
            """;

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        for (BatchItem item : batch.items()) {
            batch.put(FormerItem.class, former(batch, item));
            update(batch, item);
        }
    }

    private static FormerItem former(BatchContext batch, BatchItem item) throws SQLException {
        try (PreparedStatement select = batch.connection().prepareStatement(FORMER)) {
            setKey(select, 1, item);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("envelope %s has no item %d"
                            .formatted(item.receipt().id(), item.position()));
                }
                return new FormerItem(row.getString(1), row.getString(2), row.getString(3), row.getLong(4));
            }
        }
    }

    private static void update(BatchContext batch, BatchItem item) throws SQLException {
        UUID eventId = eventId(item);
        try (PreparedStatement update = batch.connection().prepareStatement(UPDATE)) {
            update.setString(1, item.outcome().wireName());
            update.setString(2, item.outcome().reasonName());
            String cause = item.outcome().cause();
            update.setString(3, cause == null ? null : cause.replace('\0', '\ufffd'));
            update.setObject(4, eventId);
            update.setLong(5, item.item().quantity());
            update.setString(6, item.item().header().type().category().wireName());
            setKey(update, 7, item);
            update.executeUpdate();
        }
        try (PreparedStatement name = batch.connection().prepareStatement(NAME_EVENT)) {
            name.setObject(1, eventId);
            name.setObject(2, item.receipt().receivedAt().atOffset(ZoneOffset.UTC));
            name.setObject(3, item.receipt().id().value());
            name.executeUpdate();
        }
    }

    private static void setKey(PreparedStatement statement, int first, BatchItem item) throws SQLException {
        statement.setObject(first, item.receipt().receivedAt().atOffset(ZoneOffset.UTC));
        statement.setObject(first + 1, item.receipt().id().value());
        statement.setInt(first + 2, item.position());
    }

    private static @Nullable UUID eventId(BatchItem item) {
        return item.item().eventId() == null ? null : item.item().eventId().value();
    }
}
