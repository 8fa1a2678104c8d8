package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What lists show of an event: its columns without the payload.
 *
 * @param occurredAt the event's own time
 * @param message as a person reads it, cut; null also for events that were stored before there was such a column
 * @param tagsJson a JSON object of texts
 */
public record EventSummary(
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
        @Nullable String message,
        @Nullable String release,
        @Nullable String environment,
        @Nullable String transaction,
        String tagsJson) {}
