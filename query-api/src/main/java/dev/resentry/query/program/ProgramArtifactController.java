package dev.resentry.query.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.artifact.ArtifactResponse;
import dev.resentry.query.artifact.ArtifactUploads;
import dev.resentry.query.artifact.FileMemory;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.release.ReleaseSelection;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.artifact.ArtifactFilter;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.release.StoredRelease;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** Artifacts of releases, one at a time (features, M4). */
@NativeApi
@Tag(name = "Releases for programs")
class ProgramArtifactController {
    private final ArtifactQueries artifacts;
    private final ArtifactUploads uploads;
    private final FileMemory memory;
    private final ReleaseSelection releases;
    private final JsonMapper json;

    ProgramArtifactController(
            ArtifactQueries artifacts,
            ArtifactUploads uploads,
            FileMemory memory,
            ReleaseSelection releases,
            JsonMapper json) {
        this.artifacts = artifacts;
        this.uploads = uploads;
        this.memory = memory;
        this.releases = releases;
        this.json = json;
    }

    /**
     * An artifact as JSON: either the text of a file, or a function map.
     *
     * @param name a file's name, a path or a URL; of a function map, that of the code that it is for
     * @param dist which build of the release it is of
     * @param content the text of a source map of version 3, or of code
     * @param functionMap original names of functions by what the code has for them
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record NewArtifactText(
            @NotBlank @Size(max = 1_000) String name,
            @Nullable @Size(max = 64) String dist,
            @Nullable String content,
            @Schema(type = "object") @Nullable Object functionMap) {}

    /** Lists the artifacts of a release, the newest first. */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/releases/{id}/artifacts")
    PageResponse<ArtifactResponse> list(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        StoredRelease release = releases.one(actor, id);
        var filter = new ArtifactFilter(
                new VisibleProjects(Set.of(release.project().id())), release.version(), null, null, null);
        return PageResponse.of(
                artifacts.list(filter, Cursor.beforeId(cursor), Cursor.limit(limit)),
                ArtifactResponse::of,
                last -> Cursor.write(last.createdAt(), last.id()));
    }

    /**
     * Keeps an artifact in the place of one of the same name, dist and kind. Files of more than 1 MiB come as {@code multipart/form-data}
     * with a part {@code file}, and {@code name} and {@code dist} beside it if they are wanted.
     */
    @Allowed(Scope.PROJECT_RELEASES)
    @PostMapping(path = "/api/releases/{id}/artifacts", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ArtifactResponse add(@PathVariable long id, @Valid @RequestBody NewArtifactText request, Actor actor) {
        StoredRelease release = releases.one(actor, id);
        Object functions = request.functionMap();
        if ((request.content() == null) == (functions == null)) {
            throw ApiException.invalid("content", "expected: either content or function_map");
        }
        if (functions != null && !(functions instanceof Map<?, ?>)) {
            throw ApiException.invalid("function_map", "no object (expected: names of functions by names)");
        }
        return answer(
                functions == null
                        ? uploads.add(
                                actor,
                                release,
                                request.dist(),
                                request.name(),
                                String.valueOf(request.content()).getBytes(UTF_8),
                                null)
                        : uploads.addFunctionMap(
                                actor, release, request.dist(), request.name(), json.writeValueAsBytes(functions)));
    }

    /**
     * The same for a form; the document has one operation for a path and method, which says so.
     *
     * @param name a file's name, a path or a URL; absent for that of the file
     * @param dist which build of the release it is of
     */
    @Allowed(Scope.PROJECT_RELEASES)
    @Hidden
    @PostMapping(path = "/api/releases/{id}/artifacts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ArtifactResponse upload(
            @PathVariable long id,
            @RequestPart MultipartFile file,
            @RequestParam @Nullable String name,
            @RequestParam @Nullable String dist,
            Actor actor)
            throws IOException {
        StoredRelease release = releases.one(actor, id);
        String wanted = name == null || name.isBlank() ? String.valueOf(file.getOriginalFilename()) : name;
        try (FileMemory.Room _ = memory.take(file.getSize())) {
            return answer(uploads.add(actor, release, dist, wanted, file.getBytes(), null));
        }
    }

    private ArtifactResponse answer(long id) {
        return artifacts
                .find(id, VisibleProjects.ALL)
                .map(ArtifactResponse::of)
                .orElseThrow(() -> ApiException.notFound("artifact", id));
    }
}
