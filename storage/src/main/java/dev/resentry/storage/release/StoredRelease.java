package dev.resentry.storage.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release as it is stored, with what is counted of it.
 *
 * @param date orders releases where their versions do not: when it was released; if nobody said so, when it was first seen
 * @param seen what is counted of its events
 * @param commits how many are known of it
 * @param createdBy the e-mail address of who made it; null if it came by an event
 * @param previous the release before it in the order of its project
 * @param position behind which the next page of a list begins if it is the last one
 */
public record StoredRelease(
        long id,
        Project project,
        String version,
        Instant date,
        @Nullable Instant dateReleased,
        Instant createdAt,
        Seen seen,
        boolean archived,
        @Nullable String ref,
        @Nullable String url,
        int commits,
        @Nullable String createdBy,
        @Nullable Neighbour previous,
        ReleasePosition position) {

    /** The project of a release. */
    public record Project(
            long id, String slug, String name, @Nullable String platform) {}

    /**
     * Its events, in the environments that were asked for.
     *
     * @param newIssues issues whose first event with a release is of this one
     * @param regressedIssues issues that came back in it, whatever the environment
     * @param minifiedEvents events that lack source maps, whatever the environment, counted up to {@link ReleaseQueries#MOST_MINIFIED}
     */
    public record Seen(
            long events,
            @Nullable Instant firstEventAt,
            @Nullable Instant lastEventAt,
            long newIssues,
            long regressedIssues,
            int minifiedEvents) {}

    /** Another release of the project. */
    public record Neighbour(long id, String version) {}
}
