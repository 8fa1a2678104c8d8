package dev.resentry.storage.rollup;

import java.time.Instant;
import java.util.List;

/**
 * The events of an issue in some time.
 *
 * @param users how many users they happened to; fewer than the sum of the hours
 * @param hours the hours that have events, the earliest first
 */
public record IssueTimeline(long events, long users, List<Hour> hours) {
    public IssueTimeline {
        hours = List.copyOf(hours);
    }

    /**
     * An hour that has events.
     *
     * @param users how many users they happened to; exact while they are few
     */
    public record Hour(Instant hour, long events, long users) {}
}
