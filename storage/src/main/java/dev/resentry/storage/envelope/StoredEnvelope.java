package dev.resentry.storage.envelope;

import dev.resentry.model.outcome.Outcome;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of an envelope, without its body. */
public record StoredEnvelope(
        UUID id,
        Instant receivedAt,
        long projectId,
        @Nullable UUID eventId,
        String publicKey,
        String endpoint,
        @Nullable String contentEncoding,
        @Nullable String contentType,
        @Nullable String client,
        @Nullable String remoteAddress,
        @Nullable String userAgent,
        @Nullable String origin,
        @Nullable String query,
        @Nullable String slug,
        int bodySize,
        Outcome outcome,
        int itemCount) {}
