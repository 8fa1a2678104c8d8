package dev.resentry.model.envelope;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The id the gateway gives an envelope when it arrives: a UUIDv7, so ids sort by time of arrival. */
public record EnvelopeId(UUID value) {

    /** A new id for an envelope that arrives at {@code receivedAt}. */
    public static EnvelopeId at(Instant receivedAt) {
        return new EnvelopeId(UuidCreator.getTimeOrderedEpoch(receivedAt));
    }

    /** Reads the dashed form or 32 hex digits. Empty for anything else. */
    public static Optional<EnvelopeId> parse(String text) {
        return EventId.parse(text).map(id -> new EnvelopeId(id.value()));
    }

    /** The dashed form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
