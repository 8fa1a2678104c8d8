package dev.resentry.processor.symbolicate;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.model.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short time which files projects do not have, so that a flood of minified events without source maps asks once and not for
 * each event. What a project did not have is asked again when something was uploaded to it. Safe to share between threads.
 */
final class MissedFiles {
    /** The oldest go first. */
    private static final int MOST = 10_000;

    private final Duration keptFor;
    private final InstantSource clock;
    private final LinkedHashMap<Key, Miss> misses = new LinkedHashMap<>();

    MissedFiles(Duration keptFor, InstantSource clock) {
        this.keptFor = keptFor;
        this.clock = clock;
    }

    /** What was asked for: a debug id or a URL of a release. */
    private sealed interface Key {
        record OfDebugId(long project, UUID debugId) implements Key {}

        record OfUrl(long project, String release, @Nullable String dist, String url) implements Key {}
    }

    /** @param newest the newest artifact that the project had */
    private record Miss(long newest, Instant until) {}

    /**
     * The files of a project, of which those that are known not to be there are not asked for.
     *
     * @param newest the id of the project's newest artifact
     */
    CodeFiles leavingOut(ProjectId project, long newest, CodeFiles files) {
        return new CodeFiles() {
            @Override
            public List<CodeFile> byDebugIds(Collection<UUID> debugIds) {
                return ask(
                        debugIds, id -> new Key.OfDebugId(project.value(), id), CodeFile::debugId, files::byDebugIds);
            }

            @Override
            public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
                return ask(
                        urls,
                        url -> new Key.OfUrl(project.value(), release, dist, url),
                        CodeFile::url,
                        asked -> files.byUrls(release, dist, asked));
            }

            @Override
            public Optional<byte[]> content(CodeFile file) {
                return files.content(file);
            }

            private <T> List<CodeFile> ask(
                    Collection<T> names,
                    Function<T, Key> key,
                    Function<CodeFile, @Nullable T> nameOf,
                    Function<Collection<T>, List<CodeFile>> question) {
                // What is uploaded while the question is asked is newer than this.
                Instant now = clock.instant();
                Set<T> asked = names.stream()
                        .filter(name -> !isMissed(key.apply(name), newest, now))
                        .collect(Collectors.toSet());
                if (asked.isEmpty()) {
                    return List.of();
                }
                List<CodeFile> found = question.apply(asked);
                Set<T> missed = new HashSet<>(asked);
                found.forEach(file -> missed.remove(nameOf.apply(file)));
                missed.forEach(name -> remember(key.apply(name), new Miss(newest, now.plus(keptFor))));
                return found;
            }
        };
    }

    private boolean isMissed(Key key, long newest, Instant now) {
        synchronized (misses) {
            Miss miss = misses.get(key);
            return miss != null && miss.newest() == newest && now.isBefore(miss.until());
        }
    }

    private void remember(Key key, Miss miss) {
        synchronized (misses) {
            misses.putLast(key, miss);
            if (misses.size() > MOST) {
                misses.pollFirstEntry();
            }
        }
    }
}
