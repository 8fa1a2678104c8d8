package dev.resentry.storage.regroup;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Events of one issue with one hash that would all have another hash.
 *
 * @param issue where they are
 * @param strategy that made the hash
 * @param hash as hex digits, like the next two
 * @param newHash that they would have
 * @param secondary the other new hash of the latest of them, if it has one
 * @param events how many
 * @param title as the latest of them is called by the new rules
 */
record RegroupGroup(
        long issue,
        String strategy,
        String hash,
        String newHash,
        @Nullable String secondary,
        long events,
        Instant latestAt,
        EventId latest,
        String title,
        @Nullable String culprit) {

    /** What they have in common so far. */
    Former former() {
        return new Former(issue, strategy, hash);
    }

    /** An issue and one of its hashes. */
    record Former(long issue, String strategy, String hash) {}

    boolean isLaterThan(RegroupGroup other) {
        int byTime = latestAt.compareTo(other.latestAt);
        return byTime > 0 || (byTime == 0 && latest.compareTo(other.latest) > 0);
    }
}
