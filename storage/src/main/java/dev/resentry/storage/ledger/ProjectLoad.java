package dev.resentry.storage.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much a project sends.
 *
 * @param accepted envelopes
 * @param acceptedOfAll of all projects together
 * @param limited how much gateways refused because of limits, in the units of its categories
 * @param limitedSince the first of the hours without a gap in which limits cut in, up to now; null if they do not
 */
public record ProjectLoad(
        long id,
        String slug,
        String name,
        long accepted,
        long acceptedOfAll,
        long limited,
        @Nullable Instant limitedSince) {}
