package dev.resentry.query.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.project.ProjectId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.artifact.ArtifactFile;
import dev.resentry.storage.artifact.ArtifactKind;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.NewArtifact;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobStore;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Keeps mappings of R8 and ProGuard, each found by the id that the program has too, as far as the caller has made sure that the actor may. */
public final class MappingUploads {
    /** As large as other files. */
    public static final int MAX_BYTES = BundleFiles.MAX_FILE_BYTES;

    private static final Pattern CLASS = Pattern.compile("\\S+ -> \\S+:\\s*(?:#.*)?");
    private static final int MAX_SHOWN = 100;

    private final ArtifactStore artifacts;
    private final ArtifactQueries queries;
    private final BlobStore blobs;

    MappingUploads(ArtifactStore artifacts, ArtifactQueries queries, BlobStore blobs) {
        this.artifacts = artifacts;
        this.queries = queries;
        this.blobs = blobs;
    }

    /** The mapping of a project with an id; empty if there is none. */
    public Optional<ArtifactFile> find(long project, UUID id) {
        return queries.byDebugIds(new ProjectId(project), List.of(id)).stream()
                .filter(file -> file.kind() == ArtifactKind.PROGUARD)
                .findFirst();
    }

    /**
     * Keeps a mapping, in the place of the one with the same id.
     *
     * @throws ApiException if it is none, or the project is gone
     */
    public ArtifactFile add(Actor actor, long project, UUID id, byte[] content) {
        fault(content).ifPresent(fault -> {
            throw ApiException.invalid("file", fault);
        });
        Blob blob = Blob.of(Payload.of(content));
        blobs.put(List.of(blob));
        return artifacts
                .addMapping(
                        project,
                        new NewArtifact(
                                ArtifactKind.PROGUARD,
                                id + ".txt",
                                null,
                                id,
                                null,
                                blob.hash(),
                                Sha1.of(content),
                                content.length),
                        actor.email())
                .flatMap(_ -> find(project, id))
                .orElseThrow(() -> ApiException.notFound("project", project));
    }

    /** Says of which release a mapping is; false if there is no such mapping. */
    public boolean nameRelease(long project, UUID id, String release) {
        return artifacts.nameRelease(project, id, release);
    }

    /** Why a file is no mapping, by its first line that is no comment; empty if it may be one. */
    public static Optional<String> fault(byte[] content) {
        if (content.length > MAX_BYTES) {
            return Optional.of("%d bytes (expected: at most %d)".formatted(content.length, MAX_BYTES));
        }
        if (content.length == 0) {
            return Optional.of("empty (expected: a mapping of R8 or ProGuard)");
        }
        try (var lines = new BufferedReader(new InputStreamReader(new ByteArrayInputStream(content), UTF_8))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    return CLASS.matcher(line).matches()
                            ? Optional.empty()
                            : Optional.of("line %d: '%s' (expected: 'original.Class -> renamed:')"
                                    .formatted(number, line.substring(0, Math.min(MAX_SHOWN, line.length()))));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
