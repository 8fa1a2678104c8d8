package dev.resentry.storage.envelope;

import dev.resentry.model.outcome.Outcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item of an envelope.
 *
 * @param payloadOffset where its payload begins in the decoded body, in bytes
 */
public record StoredItem(
        UUID envelopeId,
        int position,
        String type,
        String category,
        @Nullable String contentType,
        @Nullable String filename,
        int payloadOffset,
        int payloadLength,
        @Nullable UUID eventId,
        Outcome outcome) {}
