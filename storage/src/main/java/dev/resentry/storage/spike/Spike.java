package dev.resentry.storage.spike;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a project, by the minute, or an issue, by the hour, had far more events than usual.
 *
 * @param project its slug
 * @param issueId null for the whole project
 * @param title of the issue; null of a project, and if the issue is gone
 * @param startedAt the first minute that had too many
 * @param notedAt when it was found
 * @param lastAt the last minute that had too many
 * @param endedAt when it had been quiet for long enough; null while it is open
 * @param peak the most events of a minute, or hour
 * @param usual what is usual of a minute, or hour
 * @param threshold what had to be exceeded
 * @param hasShortHistory whether nothing was usual yet
 * @param issueCause the issue whose events grew most; null of an issue, and if none did
 * @param releaseCause the release whose events grew most; likewise
 * @param limitPerMinute the limit that protection has set; null if it is not set now
 */
public record Spike(
        long id,
        long projectId,
        String project,
        @Nullable Long issueId,
        @Nullable String title,
        Instant startedAt,
        Instant notedAt,
        Instant lastAt,
        @Nullable Instant endedAt,
        long peak,
        long usual,
        long threshold,
        boolean hasShortHistory,
        @Nullable IssueCause issueCause,
        @Nullable ReleaseCause releaseCause,
        @Nullable Long limitPerMinute) {

    /**
     * An issue, its events in the hours that the spike touches, and how many are usual in as many hours.
     *
     * @param title null if the issue is gone
     */
    public record IssueCause(long issueId, @Nullable String title, long events, long usual) {}

    /** A release, its events in the hours that the spike touches, and how many are usual in as many hours. */
    public record ReleaseCause(String version, long events, long usual) {}
}
