package dev.resentry.query.artifact;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.release.ReleaseSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.artifact.ArtifactFile;
import dev.resentry.storage.artifact.ArtifactFilter;
import dev.resentry.storage.artifact.ArtifactKind;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.release.StoredRelease;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The files that make the code of releases readable, the newest first. */
@NativeApi
@Tag(name = "Artifacts")
class ArtifactController {
    private final ArtifactQueries artifacts;
    private final ArtifactUploads uploads;
    private final ArtifactDownload download;
    private final ReleaseSelection releases;
    private final ProjectAccess access;

    ArtifactController(
            ArtifactQueries artifacts,
            ArtifactUploads uploads,
            ArtifactDownload download,
            ReleaseSelection releases,
            ProjectAccess access) {
        this.artifacts = artifacts;
        this.uploads = uploads;
        this.download = download;
        this.releases = releases;
        this.access = access;
    }

    /**
     * Lists the artifacts of a release.
     *
     * @param query a text that the name holds
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/releases/{id}/artifacts")
    PageResponse<ArtifactResponse> ofRelease(
            @PathVariable long id,
            @RequestParam @Nullable String query,
            @RequestParam(name = "debug_id") @Nullable UUID debugId,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        StoredRelease release = releases.one(actor, id);
        return answer(release.project().id(), release.version(), query, debugId, null, cursor, limit);
    }

    /**
     * Lists the artifacts of a project, those without a release too.
     *
     * @param release the version; absent for all
     * @param query a text that the name holds
     * @param kind what it is; mappings of R8 and ProGuard are {@code proguard}
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/projects/{id}/artifacts")
    PageResponse<ArtifactResponse> ofProject(
            @PathVariable long id,
            @RequestParam @Nullable String release,
            @RequestParam @Nullable String query,
            @RequestParam(name = "debug_id") @Nullable UUID debugId,
            @RequestParam @Nullable @WordOf(ArtifactKind.class) String kind,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        access.require(actor, id);
        return answer(id, release, query, debugId, kind(kind), cursor, limit);
    }

    /** The bytes of an artifact. */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping(path = "/api/v1/artifacts/{id}/content", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    void content(@PathVariable long id, Actor actor, HttpServletResponse response) throws IOException {
        download.answer(one(actor, id), response);
    }

    /** Deletes an artifact. */
    @Allowed(Scope.PROJECT_RELEASES)
    @DeleteMapping("/api/v1/artifacts/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id, Actor actor) {
        uploads.delete(actor, one(actor, id));
    }

    private ArtifactFile one(Actor actor, long id) {
        return artifacts.find(id, access.of(actor)).orElseThrow(() -> ApiException.notFound("artifact", id));
    }

    private static @Nullable ArtifactKind kind(@Nullable String word) {
        return word == null || word.isBlank()
                ? null
                : ArtifactKind.of(word)
                        .orElseThrow(() -> ApiException.invalid(
                                "kind", "'%s' (expected: such as source_map or proguard)".formatted(word)));
    }

    private PageResponse<ArtifactResponse> answer(
            long project,
            @Nullable String release,
            @Nullable String query,
            @Nullable UUID debugId,
            @Nullable ArtifactKind kind,
            @Nullable String cursor,
            @Nullable Integer limit) {
        var filter = new ArtifactFilter(
                new VisibleProjects(Set.of(project)),
                release,
                debugId,
                query == null || query.isBlank() ? null : query.strip(),
                kind);
        return PageResponse.of(
                artifacts.list(filter, Cursor.beforeId(cursor), Cursor.limit(limit)),
                ArtifactResponse::of,
                last -> Cursor.write(last.createdAt(), last.id()));
    }
}
