package dev.resentry.query.repository;

import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.model.repository.Repository;
import dev.resentry.model.repository.Revision;
import dev.resentry.storage.release.ReleaseCommit;
import dev.resentry.storage.release.ReleaseRef;
import dev.resentry.storage.release.ReleaseSource;
import dev.resentry.storage.release.ReleaseSourceQueries;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds which state of a repository a release was built from. */
final class SourceRevisions {
    /** A whole version, or the build behind its plus sign. */
    private static final Pattern HASH = Pattern.compile("(?:.*\\+)?([0-9a-fA-F]{40})");

    private final ReleaseSourceQueries sources;

    SourceRevisions(ReleaseSourceQueries sources) {
        this.sources = sources;
    }

    /**
     * The state by what is said most exactly: the release's ref of this repository, what it was built from, a hash in its version, the
     * newest of its commits here; else the branch.
     *
     * @param version null for an event without a release
     */
    Revision of(long projectId, Repository repository, @Nullable String version) {
        if (version == null) {
            return new Revision.Branch(repository.branch());
        }
        ReleaseSource source =
                sources.find(projectId, version).orElseGet(() -> new ReleaseSource(null, List.of(), List.of()));
        return choose(repository, version, source);
    }

    static Revision choose(Repository repository, String version, ReleaseSource source) {
        return Stream.<Supplier<Optional<Revision>>>of(
                        () -> first(source.refs().stream()
                                .filter(ref -> repository.isNamed(ref.repository()))
                                .map(ReleaseRef::commitId)),
                        () -> Optional.ofNullable(source.ref()).flatMap(Revision::of),
                        () -> inVersion(version),
                        () -> first(source.newest().stream()
                                .filter(commit -> isOf(repository, commit))
                                .map(ReleaseCommit::id)))
                .flatMap(way -> way.get().stream())
                .findFirst()
                .orElseGet(() -> new Revision.Branch(repository.branch()));
    }

    /** Whether a commit may be one of the repository: it says so, or says nothing. */
    static boolean isOf(Repository repository, ReleaseCommit commit) {
        return commit.repository() == null || repository.isNamed(commit.repository());
    }

    private static Optional<Revision> first(Stream<String> names) {
        return names.flatMap(name -> Revision.of(name).stream()).findFirst();
    }

    private static Optional<Revision> inVersion(String version) {
        Matcher hash = HASH.matcher(ReleaseVersion.parse(version).version());
        return hash.matches() ? Revision.of(hash.group(1)) : Optional.empty();
    }
}
