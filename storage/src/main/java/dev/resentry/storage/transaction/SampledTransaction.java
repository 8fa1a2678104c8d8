package dev.resentry.storage.transaction;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transaction with what filters look at.
 *
 * @param payloadJson the transaction without its spans and what it gathered on its way, such as breadcrumbs
 * @param remoteAddress that the envelope came from; null if the envelope is not kept any more, as {@code userAgent}
 */
public record SampledTransaction(
        EventId id,
        Instant receivedAt,
        String name,
        String payloadJson,
        @Nullable String remoteAddress,
        @Nullable String userAgent) {}
