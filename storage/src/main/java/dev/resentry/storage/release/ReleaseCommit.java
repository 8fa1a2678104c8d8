package dev.resentry.storage.release;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit of a release.
 *
 * @param id as the repository names it, mostly a hash
 * @param files the paths that it changed
 */
public record ReleaseCommit(
        String id,
        @Nullable String repository,
        @Nullable String message,
        @Nullable String authorName,
        @Nullable String authorEmail,
        @Nullable Instant committedAt,
        List<String> files) {

    public ReleaseCommit {
        files = List.copyOf(files);
    }
}
