package dev.resentry.model.issue.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a person wants the status of an issue to be. */
public sealed interface StatusWish {
    /** It is taken up again. */
    record Unresolve() implements StatusWish {}

    /** It is resolved, from some release on or everywhere. */
    record Resolve(From from) implements StatusWish {}

    /** Nobody wants to hear of it until one of these ends it; for ever if all are absent. */
    record Ignore(
            @Nullable Instant until,
            @Nullable Further events,
            @Nullable Further users,
            boolean escalating) implements StatusWish {}

    /** So many more, within a window or from now on. */
    record Further(long more, @Nullable Duration window) {
        IgnoreUntil.Further after(long before) {
            return new IgnoreUntil.Further(more, window, before);
        }
    }

    /** From where on an issue is resolved. */
    sealed interface From {
        record Everywhere() implements From {}

        /** A release by its version. */
        record Release(String version) implements From {}

        /** The newest release. */
        record LatestRelease() implements From {}

        /** The release that comes after the newest one. */
        record NextRelease() implements From {}

        /**
         * The first release that has a commit, even if it is still to come.
         *
         * @param repository of the commit, as releases name it; null for any
         */
        record Commit(String commit, @Nullable String repository) implements From {}
    }

    /**
     * What it means for an issue.
     *
     * @param release of the issue's project, the newest one or, of a commit, the first that has it; null if there is none
     * @throws IllegalArgumentException if it needs a release and there is none
     */
    default IssueState applied(
            IssueState before, Instant firstSeen, long events, long users, @Nullable String release, Instant now) {
        return switch (this) {
            case Unresolve() ->
                before instanceof IssueState.Unresolved ? before : IssueTransitions.takenUp(before, firstSeen, now);
            case Resolve(From from) -> {
                var after = new IssueState.Resolved(resolution(from, release), now);
                yield before instanceof IssueState.Resolved(Resolution resolution, Instant _)
                                && resolution.equals(after.resolution())
                        ? before
                        : after;
            }
            case Ignore ignore -> {
                var until = new IgnoreUntil(
                        ignore.until(),
                        ignore.events() == null ? null : ignore.events().after(events),
                        ignore.users() == null ? null : ignore.users().after(users),
                        ignore.escalating());
                yield before instanceof IssueState.Ignored(IgnoreUntil already, Instant _) && already.equals(until)
                        ? before
                        : new IssueState.Ignored(until, now);
            }
        };
    }

    /** The word of the status that is wanted. */
    default String status() {
        return switch (this) {
            case Unresolve() -> "unresolved";
            case Resolve _ -> "resolved";
            case Ignore _ -> "ignored";
        };
    }

    /** Whether the newest release of an issue's project decides what it means. */
    default boolean needsNewestRelease() {
        return this instanceof Resolve(From from)
                && (from instanceof From.LatestRelease || from instanceof From.NextRelease);
    }

    private static Resolution resolution(From from, @Nullable String release) {
        return switch (from) {
            case From.Everywhere() -> new Resolution.Everywhere();
            case From.Release(String version) -> new Resolution.InRelease(version);
            case From.LatestRelease() -> new Resolution.InRelease(required(release));
            case From.NextRelease() -> new Resolution.InNextRelease(required(release));
            case From.Commit(String commit, String repository) ->
                release == null ? new Resolution.InCommit(commit, repository) : new Resolution.InRelease(release);
        };
    }

    private static String required(@Nullable String release) {
        if (release == null) {
            throw new IllegalArgumentException("the project has no release yet");
        }
        return release;
    }
}
