package dev.resentry.model.artifact;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of a release, without its bytes.
 *
 * @param url where it is on the web, with {@code ~} for any host; of a function map, where the code is that it is for
 * @param sourceMapRef of minified code: where its map is; may be relative to {@code url}
 * @param contentHash by which its keeper finds its bytes; the same for files with the same bytes, and for no others
 */
public record CodeFile(
        Kind kind,
        String name,
        @Nullable String url,
        @Nullable String dist,
        @Nullable UUID debugId,
        @Nullable String sourceMapRef,
        String contentHash,
        long size) {

    /** What it is to the code. */
    public enum Kind {
        MINIFIED_SOURCE,
        SOURCE_MAP,
        SOURCE,
        FUNCTION_MAP,
        /** The mapping of R8 or ProGuard, which is found by its debug id. */
        PROGUARD,
        OTHER
    }
}
