package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.DropReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which envelopes a list of the ledger has. One matches by its own fate or by that of one of its items.
 *
 * @param fate null for all
 * @param reason null for all; otherwise of what was dropped or is dead
 * @param projectId null for all
 * @param from null for no bound, as {@code to}
 */
public record LedgerFilter(
        @Nullable Fate fate,
        @Nullable DropReason reason,
        @Nullable Long projectId,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** What became of an envelope or an item. */
    public enum Fate {
        STORED,
        DUPLICATE,
        DROPPED,
        DEAD
    }

    /** Whether only what is not plainly stored matches, which indexes find. */
    boolean isUnstored() {
        return reason != null || (fate != null && fate != Fate.STORED);
    }

    /** The word of the outcome in the tables. */
    String outcome() {
        return fate == Fate.DUPLICATE ? "duplicate" : "dropped";
    }

    /** The reasons that match, as the indexes have them. */
    List<String> reasons() {
        if (fate == Fate.DUPLICATE) {
            return List.of("");
        }
        return Arrays.stream(DropReason.values())
                .filter(known -> reason == null || known == reason)
                .filter(known -> fate == null || known.isFailure() == (fate == Fate.DEAD))
                .map(DropReason::wireName)
                .toList();
    }
}
