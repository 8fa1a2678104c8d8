package dev.resentry.storage.artifact;

import dev.resentry.storage.blob.BlobHash;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is stored; {@link ArtifactQueries#content} has its bytes.
 *
 * @param bundleId the id, as its manifest has it, of the bundle that it came with; null if it came alone
 * @param url where it is on the web, with {@code ~} for any host; of a function map, where the code is that it is for
 * @param sourceMapRef of minified code: where its map is, as a header of the manifest said; may be relative to {@code url}
 * @param size in bytes
 * @param createdBy the e-mail address of who uploaded it, or the name of the token
 */
public record ArtifactFile(
        long id,
        long projectId,
        @Nullable UUID bundleId,
        ArtifactKind kind,
        String name,
        @Nullable String url,
        @Nullable String release,
        @Nullable String dist,
        @Nullable UUID debugId,
        @Nullable String sourceMapRef,
        BlobHash blob,
        Sha1 sha1,
        long size,
        Instant createdAt,
        String createdBy) {}
