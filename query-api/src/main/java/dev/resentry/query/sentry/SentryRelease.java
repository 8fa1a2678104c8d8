package dev.resentry.query.sentry;

import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.storage.release.DeploymentStore.Latest;
import dev.resentry.storage.release.ReleaseCommit;
import dev.resentry.storage.release.StoredRelease;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A release of the organization: what is said of those of its projects, together. */
record SentryRelease(
        long id,
        String version,
        String shortVersion,
        String status,
        @Nullable String ref,
        @Nullable String url,
        Instant dateCreated,
        @Nullable Instant dateReleased,
        @Nullable Instant dateStarted,
        @Nullable Instant firstEvent,
        @Nullable Instant lastEvent,
        long newGroups,
        int commitCount,
        int deployCount,
        @Nullable Commit lastCommit,
        @Nullable Deploy lastDeploy,
        @Nullable String owner,
        List<String> authors,
        List<Project> projects) {

    /** Its id is a number here, and a text everywhere else. */
    record Project(
            long id, String slug, String name, @Nullable String platform, List<String> platforms, long newGroups) {}

    /** A commit, as far as it is known. */
    record Commit(
            String id,
            @Nullable String message,
            @Nullable Instant dateCreated,
            @Nullable Author author,
            @Nullable Repository repository) {
        static Commit of(ReleaseCommit commit) {
            return new Commit(
                    commit.id(),
                    commit.message(),
                    commit.committedAt(),
                    commit.authorName() == null && commit.authorEmail() == null
                            ? null
                            : new Author(commit.authorName(), commit.authorEmail()),
                    commit.repository() == null ? null : new Repository(commit.repository()));
        }
    }

    record Author(@Nullable String name, @Nullable String email) {}

    record Repository(String name) {}

    /** The last one. */
    record Deploy(String environment, Instant dateFinished) {}

    /**
     * A release.
     *
     * @param same releases of one version, at least one
     * @param deployments the latest of all of them by environment
     */
    static SentryRelease of(List<StoredRelease> same, List<Latest> deployments, @Nullable ReleaseCommit lastCommit) {
        StoredRelease first = same.getFirst();
        return new SentryRelease(
                first.id(),
                first.version(),
                ReleaseVersion.parse(first.version()).shortForm(),
                same.stream().allMatch(StoredRelease::archived) ? "archived" : "open",
                first.ref(),
                first.url(),
                same.stream()
                        .map(StoredRelease::createdAt)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                same.stream()
                        .flatMap(one -> Stream.ofNullable(one.dateReleased()))
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                null,
                same.stream()
                        .flatMap(one -> Stream.ofNullable(one.seen().firstEventAt()))
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                same.stream()
                        .flatMap(one -> Stream.ofNullable(one.seen().lastEventAt()))
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                same.stream().mapToLong(one -> one.seen().newIssues()).sum(),
                same.stream().mapToInt(StoredRelease::commits).max().orElse(0),
                deployments.size(),
                lastCommit == null ? null : Commit.of(lastCommit),
                deployments.stream()
                        .max(Comparator.comparing(Latest::deployedAt))
                        .map(latest -> new Deploy(latest.environment(), latest.deployedAt()))
                        .orElse(null),
                null,
                List.of(),
                same.stream().map(SentryRelease::project).toList());
    }

    private static Project project(StoredRelease release) {
        return new Project(
                release.project().id(),
                release.project().slug(),
                release.project().name(),
                release.project().platform(),
                release.project().platform() == null
                        ? List.of()
                        : List.of(release.project().platform()),
                release.seen().newIssues());
    }
}
