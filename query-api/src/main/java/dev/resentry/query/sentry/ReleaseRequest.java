package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.release.NewRelease;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a tool says of a release. What it says too much of is cut, as a build is not to fail of a long message or of a thousand files;
 * fields that mean nothing here are passed over.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ReleaseRequest(
        @Nullable String version,
        @Nullable List<String> projects,
        @Nullable String ref,
        @Nullable String url,
        @Nullable String dateReleased,
        @Nullable String status,
        @Nullable List<CommitRequest> commits,
        @Nullable List<RefRequest> refs) {
    private static final int MAX_FILES = 1_000;
    private static final int MAX_REFS = 100;
    private static final int MAX_PATH = 1_000;
    private static final int MAX_MESSAGE = 10_000;
    private static final int MAX_COMMIT_ID = 64;

    @JsonIgnoreProperties(ignoreUnknown = true)
    record CommitRequest(
            @Nullable String id,
            @Nullable String repository,
            @Nullable String message,
            @JsonProperty("author_name") @Nullable String authorName,
            @JsonProperty("author_email") @Nullable String authorEmail,
            @Nullable String timestamp,
            @JsonProperty("patch_set") @Nullable List<PatchRequest> patchSet) {
        NewRelease.NewCommit commit() {
            return new NewRelease.NewCommit(
                    commitId(id, "commits"),
                    cut(repository, NewRelease.MAX_LINE),
                    cut(message == null ? null : message.strip(), MAX_MESSAGE),
                    cut(authorName, NewRelease.MAX_LINE),
                    cut(authorEmail, NewRelease.MAX_LINE),
                    instant("timestamp", timestamp),
                    patchSet == null
                            ? null
                            : patchSet.stream()
                                    .flatMap(patch -> Stream.ofNullable(cut(patch.path(), MAX_PATH)))
                                    .limit(MAX_FILES)
                                    .toList());
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record PatchRequest(@Nullable String path) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record RefRequest(
            @Nullable String repository,
            @Nullable String commit,
            @JsonAlias("previousId") @Nullable String previousCommit) {
        NewRelease.NewRef ref() {
            String name = cut(repository, NewRelease.MAX_LINE);
            if (name == null || name.isBlank()) {
                throw ApiException.invalid("refs", "one without a repository");
            }
            return new NewRelease.NewRef(name, commitId(commit, "refs"), cut(previousCommit, MAX_COMMIT_ID));
        }
    }

    /** Of a version, the same as {@code version} of the body where there is one. */
    NewRelease release(String named) {
        return new NewRelease(
                named,
                instant("dateReleased", dateReleased),
                cut(ref, NewRelease.MAX_LINE),
                cut(url, NewRelease.MAX_URL),
                commits == null
                        ? null
                        : commits.stream()
                                .limit(NewRelease.MAX_COMMITS)
                                .map(CommitRequest::commit)
                                .toList(),
                refs == null
                        ? null
                        : refs.stream().limit(MAX_REFS).map(RefRequest::ref).toList());
    }

    /** Null if nothing is said of it. */
    @Nullable
    Boolean archived() {
        return switch (status) {
            case null -> null;
            case "archived" -> true;
            case "open" -> false;
            default -> throw ApiException.invalid("status", "'%s' (expected: open or archived)".formatted(status));
        };
    }

    List<String> namedProjects() {
        return projects == null ? List.of() : projects;
    }

    private static String commitId(@Nullable String id, String field) {
        if (id == null || id.isBlank() || id.length() > MAX_COMMIT_ID) {
            throw ApiException.invalid(
                    field, "a commit '%s' (expected: 1 to %d characters)".formatted(id, MAX_COMMIT_ID));
        }
        return id;
    }

    /** Tools write times with nanoseconds, and with an offset. */
    static @Nullable Instant instant(String field, @Nullable String text) {
        try {
            return text == null || text.isBlank()
                    ? null
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException _) {
            throw ApiException.invalid(field, "'%s' (expected: a time such as 2026-11-18T12:00:00Z)".formatted(text));
        }
    }

    static @Nullable String cut(@Nullable String text, int characters) {
        return text == null || text.length() <= characters ? text : text.substring(0, characters);
    }
}
