package dev.resentry.storage.release;

import org.jspecify.annotations.Nullable;

/**
 * Up to which commit of a repository a release goes.
 *
 * @param previousCommit up to which the release before it went
 */
public record ReleaseRef(
        String repository, String commitId, @Nullable String previousCommit) {}
