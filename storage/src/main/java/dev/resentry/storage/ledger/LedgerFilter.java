package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.InboundFilter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which envelopes a list of the ledger has. One matches by its own fate or by that of one of its items.
 *
 * @param fate null for all
 * @param reason null for all; otherwise a word: a {@link DropReason} of what was dropped or is dead, or an {@link InboundFilter}
 * @param projectId null for all
 * @param from null for no bound, as {@code to}
 */
public record LedgerFilter(
        @Nullable Fate fate,
        @Nullable String reason,
        @Nullable Long projectId,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** What became of an envelope or an item. */
    public enum Fate {
        STORED,
        DUPLICATE,
        DROPPED,
        FILTERED,
        DEAD
    }

    /** Whether only what is not plainly stored matches, which indexes find. */
    boolean isUnstored() {
        return reason != null || (fate != null && fate != Fate.STORED);
    }

    /** The word of the outcome in the tables. */
    String outcome() {
        return fate == Fate.DUPLICATE ? "duplicate" : isFiltered() ? "filtered" : "dropped";
    }

    private boolean isFiltered() {
        return fate == Fate.FILTERED
                || (fate == null && reason != null && InboundFilter.of(reason).isPresent());
    }

    /** The reasons that match, as the indexes have them. */
    List<String> reasons() {
        if (fate == Fate.DUPLICATE) {
            return List.of("");
        }
        Stream<String> all = isFiltered()
                ? Arrays.stream(InboundFilter.values()).map(InboundFilter::wireName)
                : Arrays.stream(DropReason.values())
                        .filter(known -> fate == null || known.isFailure() == (fate == Fate.DEAD))
                        .map(DropReason::wireName);
        return all.filter(word -> reason == null || word.equals(reason)).toList();
    }
}
