package dev.resentry.storage.alert;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may ask of a stored event without its payload.
 *
 * @param userHash null if its user is not known
 */
public record PastEvent(
        EventId id,
        long issueId,
        Instant receivedAt,
        Instant occurredAt,
        String level,
        @Nullable String platform,
        String title,
        @Nullable String culprit,
        @Nullable String release,
        @Nullable String environment,
        @Nullable Long userHash,
        Map<String, String> tags) {}
