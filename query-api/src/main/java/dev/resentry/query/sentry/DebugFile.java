package dev.resentry.query.sentry;

import dev.resentry.processing.symbolicate.DebugId;
import dev.resentry.storage.artifact.ArtifactFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping, in the form in which tools see files of any kind of code.
 *
 * @param uuid the same as {@code debugId}
 * @param cpuName mappings are for any
 */
record DebugFile(
        String id,
        @Nullable UUID uuid,
        @Nullable UUID debugId,
        String objectName,
        String cpuName,
        String symbolType,
        String sha1,
        long size,
        Instant dateCreated,
        Map<String, String> headers,
        Contents data) {
    private static final Pattern NAME = Pattern.compile("/?proguard/(?:mapping-)?([0-9A-Fa-f-]{32,36})\\.txt");

    /** What is in a file. Tools know no {@code type} for mappings and read nothing that has another one. */
    record Contents(List<String> features) {}

    static DebugFile of(ArtifactFile file) {
        return new DebugFile(
                String.valueOf(file.id()),
                file.debugId(),
                file.debugId(),
                "proguard-mapping",
                "any",
                "proguard",
                file.sha1().hex(),
                file.size(),
                file.createdAt(),
                Map.of("Content-Type", "text/x-proguard+plain"),
                new Contents(List.of("mapping")));
    }

    /** The id in the name that tools give a mapping; empty if it is the name of something else. */
    static Optional<UUID> mappingId(@Nullable String name) {
        Matcher matcher = NAME.matcher(name == null ? "" : name);
        return matcher.matches() ? id(matcher.group(1)) : Optional.empty();
    }

    static Optional<UUID> id(@Nullable String text) {
        return DebugId.parse(text == null ? "" : text);
    }
}
