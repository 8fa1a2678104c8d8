package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with what filters look at.
 *
 * @param payloadJson the event without what it gathered on its way, such as breadcrumbs
 * @param remoteAddress that the envelope came from; null if the envelope is not kept any more, as {@code userAgent}
 */
public record SampledEvent(
        EventId id,
        long issueId,
        Instant receivedAt,
        String title,
        String payloadJson,
        @Nullable String remoteAddress,
        @Nullable String userAgent) {}
