package dev.resentry.gateway.endpoint;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummary;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way to be kept.
 *
 * @param eventId the sender's id of the event, {@link #NEW_ID} if one is to be made, null if none is needed
 * @param items what is known of its items that limits count
 * @param whole whether that is all of them: of a crash report that no limit is for, there are none
 * @param response what the sender is told once it is kept
 */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
record IncomingEnvelope(
        Sender sender,
        Endpoint endpoint,
        byte[] body,
        @Nullable EventId eventId,
        List<ItemSummary> items,
        boolean whole,
        Function<Receipt, IngestResponse> response) {

    /** Stands for an id that is made from the envelope's own, so that the processor, and a replay, make the same. */
    static final EventId NEW_ID = new EventId(new UUID(0, 0));
}
