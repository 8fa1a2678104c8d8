package dev.resentry.query.release;

import dev.resentry.storage.release.ReleaseCommit;
import dev.resentry.storage.release.ReleaseDetails;
import dev.resentry.storage.release.ReleaseRef;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A release that is to be there; of one that is, what is given is added or replaced.
 *
 * @param version as SDKs send it
 * @param dateReleased orders it among releases without semantic versions; absent for when it was first seen
 * @param ref what it was built from, such as a tag
 * @param commits what is new in it, the newest first
 * @param refs up to which commit of each repository it goes
 */
@JsonNaming(SnakeCaseStrategy.class)
public record NewRelease(
        @NotBlank String version,
        @Nullable Instant dateReleased,
        @Nullable @Size(max = MAX_LINE) String ref,
        @Nullable @Size(max = MAX_URL) String url,
        @Nullable @Size(max = MAX_COMMITS) List<@NotNull @Valid NewCommit> commits,
        @Nullable @Size(max = MAX_REFS) List<@NotNull @Valid NewRef> refs) {
    public static final int MAX_LINE = 250;
    public static final int MAX_URL = 2_000;
    public static final int MAX_COMMITS = 1_000;
    private static final int MAX_REFS = 100;
    private static final int MAX_FILES = 1_000;
    private static final int MAX_PATH = 1_000;
    private static final int MAX_MESSAGE = 10_000;

    /**
     * A commit.
     *
     * @param id as the repository names it, mostly a hash
     * @param files the paths that it changed
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record NewCommit(
            @NotBlank @Size(max = 64) String id,
            @Nullable @Size(max = MAX_LINE) String repository,
            @Nullable @Size(max = MAX_MESSAGE) String message,
            @Nullable @Size(max = MAX_LINE) String authorName,
            @Nullable @Size(max = MAX_LINE) String authorEmail,
            @Nullable Instant timestamp,
            @Nullable @Size(max = MAX_FILES) List<@NotNull @Size(max = MAX_PATH) String> files) {
        ReleaseCommit commit() {
            return new ReleaseCommit(
                    id, repository, message, authorName, authorEmail, timestamp, files == null ? List.of() : files);
        }
    }

    /**
     * Up to which commit of a repository the release goes.
     *
     * @param previousCommit up to which the release before it went
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record NewRef(
            @NotBlank @Size(max = MAX_LINE) String repository,
            @NotBlank @Size(max = 64) String commit,
            @Nullable @Size(max = 64) String previousCommit) {
        ReleaseRef ref() {
            return new ReleaseRef(repository, commit, previousCommit);
        }
    }

    ReleaseDetails details() {
        return new ReleaseDetails(dateReleased, ref, url, null);
    }

    List<ReleaseCommit> releaseCommits() {
        return commits == null
                ? List.of()
                : commits.stream().map(NewCommit::commit).toList();
    }

    List<ReleaseRef> releaseRefs() {
        return refs == null ? List.of() : refs.stream().map(NewRef::ref).toList();
    }
}
