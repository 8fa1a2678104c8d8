package dev.resentry.query.artifact;

import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.artifact.ArtifactFile;
import dev.resentry.storage.artifact.ArtifactKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A file that makes minified code readable.
 *
 * @param url where it is on the web, with {@code ~} for any host; of a function map, where the code is that it is for
 * @param checksum the SHA-1 of its bytes, in hex
 * @param size in bytes
 * @param bundle the id of the bundle that it came with; null if it came alone
 * @param createdBy the e-mail address of who uploaded it, or the name of the token
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Artifact")
public record ArtifactResponse(
        long id,
        long projectId,
        String name,
        @WordOf(ArtifactKind.class) String kind,
        @Nullable String url,
        @Nullable String release,
        @Nullable String dist,
        @Nullable UUID debugId,
        @Nullable UUID bundle,
        String checksum,
        long size,
        Instant createdAt,
        String createdBy) {
    public static ArtifactResponse of(ArtifactFile file) {
        return new ArtifactResponse(
                file.id(),
                file.projectId(),
                file.name(),
                file.kind().wireName(),
                file.url(),
                file.release(),
                file.dist(),
                file.debugId(),
                file.bundleId(),
                file.sha1().hex(),
                file.size(),
                file.createdAt(),
                file.createdBy());
    }
}
