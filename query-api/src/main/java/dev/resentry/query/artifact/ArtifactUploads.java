package dev.resentry.query.artifact;

import dev.resentry.model.envelope.Payload;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.artifact.ArtifactFile;
import dev.resentry.storage.artifact.ArtifactKind;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.NewArtifact;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.release.StoredRelease;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps files of releases that come alone, and deletes files, as far as the caller has made sure that the actor may. */
public final class ArtifactUploads {
    private final ArtifactStore artifacts;
    private final BlobStore blobs;
    private final AuditLog audit;

    ArtifactUploads(ArtifactStore artifacts, BlobStore blobs, AuditLog audit) {
        this.artifacts = artifacts;
        this.blobs = blobs;
        this.audit = audit;
    }

    /**
     * Keeps a file, in the place of one of the same name, dist and kind.
     *
     * @param name a file's name, a path or a URL
     * @param sourceMapRef where the map of minified code is, if that is known otherwise than by its last comment
     * @return the id of the file
     * @throws ApiException if the name is none, the file is not what its name says, or the project is gone
     */
    public long add(
            Actor actor,
            StoredRelease release,
            @Nullable String dist,
            String name,
            byte[] content,
            @Nullable String sourceMapRef) {
        UploadedFile file = UploadedFile.of(name, content);
        return add(
                actor,
                release,
                dist,
                file.name(),
                file.url(),
                file.kind(),
                content,
                new Known(file.debugId(), sourceMapRef == null ? file.sourceMapRef() : sourceMapRef));
    }

    private record Known(@Nullable UUID debugId, @Nullable String sourceMapRef) {}

    /** Keeps a function map, as {@link #add} does a file: original names of functions of the code of that name. */
    public long addFunctionMap(Actor actor, StoredRelease release, @Nullable String dist, String name, byte[] json) {
        String stripped = name.strip();
        return add(
                actor,
                release,
                dist,
                stripped,
                UploadedFile.checkedUrl(stripped),
                ArtifactKind.FUNCTION_MAP,
                json,
                new Known(null, null));
    }

    private long add(
            Actor actor,
            StoredRelease release,
            @Nullable String dist,
            String name,
            String url,
            ArtifactKind kind,
            byte[] content,
            Known known) {
        if (dist != null && dist.length() > Dist.MAX) {
            throw ApiException.invalid(
                    "dist", "%d characters (expected: at most %d)".formatted(dist.length(), Dist.MAX));
        }
        Blob blob = Blob.of(Payload.of(content));
        var file = new NewArtifact(
                kind, name, url, known.debugId(), known.sourceMapRef(), blob.hash(), Sha1.of(content), content.length);
        blobs.put(List.of(blob));
        return artifacts
                .addFile(
                        release.project().id(),
                        release.version(),
                        dist == null || dist.isBlank() ? null : dist,
                        file,
                        actor.email())
                .orElseThrow(
                        () -> ApiException.notFound("project", release.project().id()));
    }

    /** Deletes a file, which is recorded. */
    public void delete(Actor actor, ArtifactFile file) {
        audit.doInTransaction(() -> {
            if (!artifacts.delete(file.id())) {
                throw ApiException.notFound("artifact", file.id());
            }
            audit.record(
                    actor,
                    "artifact.deleted",
                    new AuditLog.Target("artifact", file.id(), file.name()),
                    Map.of("checksum", file.sha1().hex()),
                    null);
        });
    }
}
