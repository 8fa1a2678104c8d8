package dev.resentry.storage.issue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the occurrences in one batch change in one issue.
 *
 * @param latest the one that happened last; a new issue takes its title from it
 */
record IssueUpdate(IssueKey key, IssueOccurrence latest, IssueOccurrence earliest, long count) {

    /** Sums up the occurrences that share an issue; there is at least one. */
    static IssueUpdate of(IssueKey key, List<IssueOccurrence> occurrences) {
        IssueOccurrence latest = occurrences.getFirst();
        IssueOccurrence earliest = latest;
        for (IssueOccurrence one : occurrences) {
            if (one.occurredAt().isAfter(latest.occurredAt())) {
                latest = one;
            }
            if (one.occurredAt().isBefore(earliest.occurredAt())) {
                earliest = one;
            }
        }
        return new IssueUpdate(key, latest, earliest, occurrences.size());
    }

    Instant firstSeen() {
        return earliest.occurredAt();
    }

    Instant lastSeen() {
        return latest.occurredAt();
    }

    @Nullable
    String firstRelease() {
        return earliest.release();
    }

    @Nullable
    String lastRelease() {
        return latest.release();
    }
}
