package dev.resentry.model.issue.state;

import org.jspecify.annotations.Nullable;

/** Where an issue is resolved: which events say that it is not. */
public sealed interface Resolution {
    /** Everywhere: any event that happens later brings it back. */
    record Everywhere() implements Resolution {}

    /** From a release on: an event of it or of a newer one brings the issue back, an older one or none does not. */
    record InRelease(String version) implements Resolution {}

    /**
     * In the release that comes next: an event of one that is newer brings the issue back.
     *
     * @param current the newest release when the issue was resolved
     */
    record InNextRelease(String current) implements Resolution {}

    /**
     * In a commit that no release has yet: events do not bring the issue back until one has it.
     *
     * @param repository of the commit, as releases name it; null for any
     */
    record InCommit(String commit, @Nullable String repository) implements Resolution {}

    /** It has not happened for as long as its project wants; as {@link Everywhere}. */
    record ByAge() implements Resolution {}
}
