package dev.resentry.processing.normalize;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event beside its JSON.
 *
 * @param headerId the id in the envelope's header, which wins over the event's own
 * @param fallbackId the id of an event that has none anywhere
 * @param receivedAt when it arrived
 * @param sentAt when it was sent, by the clock of the sender
 * @param clientAddress the address it came from
 * @param userAgent the {@code User-Agent} of the request it came with
 * @param client the SDK as {@code name/version}
 */
public record NormalizationContext(
        @Nullable EventId headerId,
        EventId fallbackId,
        Instant receivedAt,
        @Nullable Instant sentAt,
        @Nullable String clientAddress,
        @Nullable String userAgent,
        @Nullable String client) {

    /** Of an event of which nothing but its id and its arrival is known. */
    public static NormalizationContext of(EventId fallbackId, Instant receivedAt) {
        return new NormalizationContext(null, fallbackId, receivedAt, null, null, null, null);
    }

    /** The same with the id of an envelope's header. */
    public NormalizationContext withHeaderId(@Nullable EventId id) {
        return new NormalizationContext(id, fallbackId, receivedAt, sentAt, clientAddress, userAgent, client);
    }

    /** The clock of the sender. */
    public SenderClock clock() {
        return new SenderClock(receivedAt, sentAt);
    }
}
