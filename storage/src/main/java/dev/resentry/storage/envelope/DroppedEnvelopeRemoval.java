package dev.resentry.storage.envelope;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;

/**
 * Removes the raw row of an envelope that was dropped as a whole, in front of {@link EnvelopeWriter}: retried, it is new for all
 * steps. Another batch with the same envelope waits at its id until this one is stored, and finds it there.
 */
public final class DroppedEnvelopeRemoval implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ENVELOPES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        try (PreparedStatement delete = batch.connection()
                .prepareStatement("DELETE FROM envelopes WHERE received_at = ? AND id = ? AND outcome = 'dropped'")) {
            for (Received record : batch.remaining()) {
                Receipt receipt = record.envelope().raw().receipt();
                delete.setObject(1, receipt.receivedAt().atOffset(ZoneOffset.UTC));
                delete.setObject(2, receipt.id().value());
                delete.executeUpdate();
            }
        }
    }
}
