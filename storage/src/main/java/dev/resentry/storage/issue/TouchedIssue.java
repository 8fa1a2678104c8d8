package dev.resentry.storage.issue;

import java.time.Instant;

/**
 * An issue whose events a replay added, changed or removed.
 *
 * @param firstAt when the first of those events happened, by its own time, before or after the change
 * @param lastAt when the last of them did
 */
public record TouchedIssue(long id, long projectId, Instant firstAt, Instant lastAt) {
    TouchedIssue plus(TouchedIssue other) {
        return new TouchedIssue(
                id,
                projectId,
                firstAt.isBefore(other.firstAt) ? firstAt : other.firstAt,
                lastAt.isAfter(other.lastAt) ? lastAt : other.lastAt);
    }
}
