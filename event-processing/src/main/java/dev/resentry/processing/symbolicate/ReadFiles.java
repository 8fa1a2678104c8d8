package dev.resentry.processing.symbolicate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.processing.sourcemap.DataUrl;
import dev.resentry.processing.sourcemap.GeneratedFile;
import dev.resentry.processing.sourcemap.SourceMap;
import dev.resentry.processing.sourcemap.SourceMapLimits;
import dev.resentry.retrace.CodeMapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was read of files, kept by their content within a bound of memory: the least used goes first. The newest map that is larger than all of
 * that is kept besides. One file is read at a time, so that several large ones are not in memory at once beyond that bound; mappings have
 * {@link MappingReaders} of their own. Safe to share between threads and projects: whoever has a file may know what is in it.
 */
public final class ReadFiles {
    /** A mapping is kept deflated; larger ones are not taken. */
    private static final int MAX_MAPPING_BYTES = 100 * 1024 * 1024;

    private static final String GONE = "its bytes are gone; upload it again";

    private final long maxWeight;
    private final SourceMapLimits limits;
    private final ReentrantLock reading = new ReentrantLock();
    private final MappingReaders mappings = MappingReaders.ofThisProcess();
    private final Map<String, Kept<?>> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long weight;

    /** The newest map that alone exceeds the bound, or it would be read again for each event. */
    private @Nullable Large large;

    /** @param maxWeight how many bytes of memory what is kept may take */
    public ReadFiles(long maxWeight, SourceMapLimits limits) {
        this.maxWeight = maxWeight;
        this.limits = limits;
    }

    private record Kept<T>(T value, long weight) {
        boolean isMap() {
            return value instanceof SourceMap.Reading
                    || value instanceof Comment.Inline
                    || value instanceof CodeMapping.Reading;
        }
    }

    private record Large(String key, Kept<?> map) {}

    /** What a minified file says of its map. */
    sealed interface Comment {
        record None() implements Comment {}

        record Url(String url) implements Comment {}

        record Inline(SourceMap.Reading map) implements Comment {}
    }

    /** A map. */
    SourceMap.Reading map(CodeFile file, CodeFiles files) {
        if (file.size() > limits.maxBytes()) {
            return new SourceMap.Reading.Malformed(
                    "it has %d bytes (limit: %d)".formatted(file.size(), limits.maxBytes()));
        }
        return read("map:" + file.contentHash(), () -> {
                    Optional<byte[]> bytes = files.content(file);
                    return bytes.isEmpty() ? null : kept(SourceMap.read(bytes.get(), limits));
                })
                .orElse(new SourceMap.Reading.Malformed(GONE));
    }

    /** A mapping of R8 or ProGuard. */
    CodeMapping.Reading mapping(CodeFile file, CodeFiles files) {
        if (file.size() > MAX_MAPPING_BYTES) {
            return new CodeMapping.Reading.Malformed(
                    "it has %d bytes (limit: %d)".formatted(file.size(), MAX_MAPPING_BYTES));
        }
        String key = "mapping:" + file.contentHash();
        Kept<?> found = find(key);
        if (found == null) {
            found = mappings.read(key, file.size(), () -> readOnce(key, () -> readMapping(file, files)));
        }
        return found != null && found.value() instanceof CodeMapping.Reading reading
                ? reading
                : new CodeMapping.Reading.Malformed(GONE);
    }

    private static @Nullable Kept<CodeMapping.Reading> readMapping(CodeFile file, CodeFiles files) {
        Optional<byte[]> bytes = files.content(file);
        if (bytes.isEmpty()) {
            return null;
        }
        CodeMapping.Reading reading = CodeMapping.read(bytes.get());
        return new Kept<>(
                reading, reading instanceof CodeMapping.Reading.Read(CodeMapping mapping) ? mapping.weight() : 512);
    }

    /** What the end of a minified file says. */
    Comment comment(CodeFile file, CodeFiles files) {
        if (file.size() > limits.maxBytes()) {
            return new Comment.None();
        }
        return read("comment:" + file.contentHash(), () -> {
                    Optional<byte[]> bytes = files.content(file);
                    return bytes.isEmpty() ? null : comment(bytes.get());
                })
                .orElse(new Comment.None());
    }

    private Kept<Comment> comment(byte[] code) {
        String url = GeneratedFile.sourceMappingUrl(code).orElse("");
        if (url.isEmpty()) {
            return new Kept<>(new Comment.None(), 64);
        }
        if (!DataUrl.isOne(url)) {
            return new Kept<>(new Comment.Url(url), 64 + 2L * url.length());
        }
        Kept<SourceMap.Reading> map = switch (DataUrl.read(url)) {
            case DataUrl.Reading.Malformed(String cause) -> kept(new SourceMap.Reading.Malformed(cause));
            case DataUrl.Reading.Content(byte[] content) -> kept(SourceMap.read(content, limits));
        };
        return new Kept<>(new Comment.Inline(map.value()), map.weight());
    }

    private static Kept<SourceMap.Reading> kept(SourceMap.Reading reading) {
        return switch (reading) {
            case SourceMap.Reading.Read(SourceMap map) -> new Kept<>(reading, map.weight());
            case SourceMap.Reading.Malformed(String cause) -> new Kept<>(reading, 64 + 2L * cause.length());
        };
    }

    FunctionMap.Reading functions(CodeFile file, CodeFiles files) {
        if (file.size() > limits.maxBytes()) {
            return new FunctionMap.Reading.Malformed(
                    "it has %d bytes (limit: %d)".formatted(file.size(), limits.maxBytes()));
        }
        return read("functions:" + file.contentHash(), () -> {
                    Optional<byte[]> bytes = files.content(file);
                    if (bytes.isEmpty()) {
                        return null;
                    }
                    FunctionMap.Reading functions = FunctionMap.read(bytes.get());
                    return new Kept<>(
                            functions,
                            functions instanceof FunctionMap.Reading.Read(FunctionMap map) ? map.weight() : 64);
                })
                .orElse(new FunctionMap.Reading.Malformed(GONE));
    }

    /**
     * An original file whose text is in a map.
     *
     * @param mapHash the same for maps with the same content
     */
    Optional<OriginalSource> source(String mapHash, SourceMap map, int source) {
        return read(
                "source:" + mapHash + ":" + source,
                () -> map.content(source)
                        .map(OriginalSource::new)
                        .map(text -> new Kept<>(text, text.weight()))
                        .orElse(null));
    }

    /** An original file that was uploaded itself. */
    Optional<OriginalSource> source(CodeFile file, CodeFiles files) {
        if (file.size() > limits.maxBytes()) {
            return Optional.empty();
        }
        return read(
                "text:" + file.contentHash(),
                () -> files.content(file)
                        .map(bytes -> new OriginalSource(new String(bytes, UTF_8)))
                        .map(text -> new Kept<>(text, text.weight()))
                        .orElse(null));
    }

    /** What is kept, else what is read now; what is not there is asked for again the next time. */
    @SuppressWarnings("unchecked") // the front of a key says what is behind it
    private <T> Optional<T> read(String key, Supplier<@Nullable Kept<T>> reader) {
        Kept<?> found = find(key);
        if (found == null) {
            reading.lock();
            try {
                found = readOnce(key, reader);
            } finally {
                reading.unlock();
            }
        }
        return found == null ? Optional.empty() : Optional.of((T) found.value());
    }

    /** What another thread has read meanwhile, else what is read now. */
    private <T> @Nullable Kept<?> readOnce(String key, Supplier<@Nullable Kept<T>> reader) {
        Kept<?> found = find(key);
        if (found != null) {
            return found;
        }
        Kept<T> read = reader.get();
        if (read != null) {
            keep(key, read);
        }
        return read;
    }

    private @Nullable Kept<?> find(String key) {
        synchronized (kept) {
            return large != null && large.key().equals(key) ? large.map() : kept.get(key);
        }
    }

    private void keep(String key, Kept<?> value) {
        synchronized (kept) {
            if (value.weight() > maxWeight) {
                large = value.isMap() ? new Large(key, value) : large;
                return;
            }
            kept.put(key, value);
            weight += value.weight();
            var oldest = kept.values().iterator();
            while (weight > maxWeight) {
                weight -= oldest.next().weight();
                oldest.remove();
            }
        }
    }
}
