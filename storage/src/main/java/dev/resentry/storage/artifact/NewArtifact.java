package dev.resentry.storage.artifact;

import dev.resentry.storage.blob.BlobHash;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be stored, whose blob is put already.
 *
 * @param url where it is on the web, with {@code ~} for any host; at most {@link #MAX_URL_BYTES}
 * @param sourceMapRef where the map of minified code is
 * @param size in bytes
 */
public record NewArtifact(
        ArtifactKind kind,
        String name,
        @Nullable String url,
        @Nullable UUID debugId,
        @Nullable String sourceMapRef,
        BlobHash blob,
        Sha1 sha1,
        long size) {
    /** Of a URL in UTF-8: with a release it has to fit into an entry of an index. */
    public static final int MAX_URL_BYTES = 1_500;
}
