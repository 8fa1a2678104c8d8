package dev.resentry.processing.symbolicate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFile.Kind;
import dev.resentry.model.artifact.CodeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files of one release in memory, the newest first. */
final class UploadedFiles implements CodeFiles {
    static final String RELEASE = "shop@1";

    private final List<CodeFile> files = new ArrayList<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    int reads;
    int questions;

    UploadedFiles with(Kind kind, @Nullable String url, @Nullable UUID debugId, @Nullable String map, byte[] content) {
        return withDist(kind, url, null, debugId, map, content);
    }

    UploadedFiles with(Kind kind, String url, String content) {
        return with(kind, url, null, null, content.getBytes(UTF_8));
    }

    UploadedFiles withDist(
            Kind kind,
            @Nullable String url,
            @Nullable String dist,
            @Nullable UUID debugId,
            @Nullable String map,
            byte[] content) {
        String name = url == null ? kind + "-" + debugId : url;
        files.add(new CodeFile(
                kind, name, url, dist, debugId, map, Integer.toHexString(Arrays.hashCode(content)), content.length));
        contents.put(files.getLast().contentHash(), content);
        return this;
    }

    @Override
    public List<CodeFile> byDebugIds(Collection<UUID> debugIds) {
        questions++;
        return files.stream()
                .filter(file -> file.debugId() != null && debugIds.contains(file.debugId()))
                .toList();
    }

    @Override
    public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
        questions++;
        return files.stream()
                .filter(_ -> release.equals(RELEASE))
                .filter(file -> file.url() != null && urls.contains(file.url()))
                .filter(file -> file.dist() == null || file.dist().equals(dist))
                .sorted(Comparator.comparing(file -> file.dist() == null))
                .toList();
    }

    @Override
    public Optional<byte[]> content(CodeFile file) {
        reads++;
        return Optional.ofNullable(contents.get(file.contentHash()));
    }

    /** A file beside the tests. */
    static byte[] resource(String name) {
        try (InputStream file = UploadedFiles.class.getResourceAsStream("/sourcemap/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
