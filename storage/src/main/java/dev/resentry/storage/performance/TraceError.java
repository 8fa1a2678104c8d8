package dev.resentry.storage.performance;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a trace.
 *
 * @param spanId the span that it happened in, in hex
 */
public record TraceError(
        EventId id,
        long projectId,
        long issueId,
        String title,
        String level,
        Instant occurredAt,
        @Nullable String spanId) {}
