package dev.resentry.storage.ingest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one batch change in one issue.
 *
 * @param latest the event that happened last; a new issue takes its title from it
 */
record IssueUpdate(IssueKey key, EventRow latest, EventRow earliest, long count) {

    /** Sums up the events that share an issue; there is at least one. */
    static IssueUpdate of(IssueKey key, List<EventRow> events) {
        EventRow latest = events.getFirst();
        EventRow earliest = latest;
        for (EventRow row : events) {
            if (row.event().occurredAt().isAfter(latest.event().occurredAt())) {
                latest = row;
            }
            if (row.event().occurredAt().isBefore(earliest.event().occurredAt())) {
                earliest = row;
            }
        }
        return new IssueUpdate(key, latest, earliest, events.size());
    }

    Instant firstSeen() {
        return earliest.event().occurredAt();
    }

    Instant lastSeen() {
        return latest.event().occurredAt();
    }

    @Nullable
    String firstRelease() {
        return earliest.event().release();
    }

    @Nullable
    String lastRelease() {
        return latest.event().release();
    }
}
