package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored, whole.
 *
 * @param occurredAt the event's own time
 * @param tagsJson a JSON object of texts
 * @param payloadKept whether the payload is all that the event was; else it is what tells whose and which event it is
 * @param payloadJson the normalised event
 */
public record StoredEvent(
        EventId id,
        long projectId,
        long issueId,
        UUID envelopeId,
        Instant receivedAt,
        Instant occurredAt,
        String level,
        @Nullable String platform,
        String title,
        @Nullable String culprit,
        @Nullable String release,
        @Nullable String environment,
        @Nullable String transaction,
        String tagsJson,
        boolean payloadKept,
        String payloadJson) {}
