package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An envelope in a list.
 *
 * @param size of the body as it came, in bytes
 * @param types of its items, each once
 * @param outcome of the envelope itself: stored, or dropped with a reason
 */
public record LedgerRow(
        UUID id,
        Instant receivedAt,
        @Nullable Instant processedAt,
        long projectId,
        @Nullable UUID eventId,
        @Nullable String gateway,
        int size,
        Outcome outcome,
        List<String> types,
        Items items) {

    /** Its items by what became of them. */
    public record Items(long stored, long duplicate, long dropped, long filtered, long dead) {}
}
