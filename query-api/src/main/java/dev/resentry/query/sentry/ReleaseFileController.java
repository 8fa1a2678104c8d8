package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.artifact.ArtifactDownload;
import dev.resentry.query.artifact.ArtifactUploads;
import dev.resentry.query.artifact.FileMemory;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.artifact.ArtifactFile;
import dev.resentry.storage.artifact.ArtifactFilter;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.release.StoredRelease;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.multipart.MultipartFile;

/** Files of releases one by one, as tools uploaded them before there were bundles. */
@SentryApi
class ReleaseFileController {
    private static final String OF_ORGANIZATION = SentryReleaseController.OF_ORGANIZATION + "/{version}/files";
    private static final String OF_PROJECT = SentryReleaseController.OF_PROJECT + "/{version}/files";
    private static final int MAX_PAGE = 100;

    private final ArtifactQueries artifacts;
    private final ArtifactUploads uploads;
    private final ArtifactDownload download;
    private final FileMemory memory;
    private final SentrySelection selection;

    ReleaseFileController(
            ArtifactQueries artifacts,
            ArtifactUploads uploads,
            ArtifactDownload download,
            FileMemory memory,
            SentrySelection selection) {
        this.artifacts = artifacts;
        this.uploads = uploads;
        this.download = download;
        this.memory = memory;
        this.selection = selection;
    }

    /** A file. */
    record ReleaseFile(
            String id,
            String name,
            @Nullable String dist,
            String sha1,
            long size,
            Map<String, String> headers,
            Instant dateCreated) {
        static ReleaseFile of(ArtifactFile file) {
            return new ReleaseFile(
                    String.valueOf(file.id()),
                    file.url() == null ? file.name() : file.url(),
                    file.dist(),
                    file.sha1().hex(),
                    file.size(),
                    file.sourceMapRef() == null ? Map.of() : Map.of("Sourcemap", file.sourceMapRef()),
                    file.createdAt());
        }
    }

    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping({OF_ORGANIZATION, OF_PROJECT})
    ResponseEntity<List<ReleaseFile>> list(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            @RequestParam @Nullable String query,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        List<StoredRelease> releases = selection.releases(selection.where(actor, organization, project), version);
        Page<ArtifactFile> page = artifacts.list(
                new ArtifactFilter(
                        projects(releases), version, null, query == null || query.isBlank() ? null : query, null),
                Cursor.beforeId(SentryLinks.cursor(cursor)),
                perPage == null ? MAX_PAGE : Math.clamp(perPage, 1, MAX_PAGE));
        List<ArtifactFile> files = page.entries();
        return SentryLinks.page(
                files.stream().map(ReleaseFile::of).toList(),
                page.hasMore()
                        ? Cursor.write(
                                files.getLast().createdAt(), files.getLast().id())
                        : null);
    }

    /**
     * Keeps a file for each project of the release.
     *
     * @param name a URL, mostly with {@code ~} for the host; absent for the name of the file
     * @param header lines such as {@code Sourcemap: app.js.map}
     */
    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @PostMapping({OF_ORGANIZATION, OF_PROJECT})
    @ResponseStatus(HttpStatus.CREATED)
    ReleaseFile add(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            @RequestPart MultipartFile file,
            @RequestParam @Nullable String name,
            @RequestParam @Nullable String dist,
            @RequestParam @Nullable List<String> header,
            Actor actor)
            throws IOException {
        List<StoredRelease> releases = selection.releases(selection.where(actor, organization, project), version);
        String wanted = name == null || name.isBlank() ? String.valueOf(file.getOriginalFilename()) : name;
        List<Long> ids = new ArrayList<>();
        try (FileMemory.Room _ = memory.take(file.getSize())) {
            byte[] content = file.getBytes();
            for (StoredRelease release : releases) {
                ids.add(uploads.add(actor, release, dist, wanted, content, sourceMap(header)));
            }
        }
        return ReleaseFile.of(one(releases, ids.getFirst()));
    }

    /** @param download present for the bytes */
    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping({OF_ORGANIZATION + "/{id}", OF_PROJECT + "/{id}"})
    @Nullable
    ResponseEntity<ReleaseFile> get(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            @PathVariable long id,
            @RequestParam @Nullable String download,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        ArtifactFile file = one(selection.releases(selection.where(actor, organization, project), version), id);
        if (download == null) {
            return ResponseEntity.ok(ReleaseFile.of(file));
        }
        this.download.answer(file, response);
        return null;
    }

    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @DeleteMapping({OF_ORGANIZATION + "/{id}", OF_PROJECT + "/{id}"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            @PathVariable long id,
            Actor actor) {
        uploads.delete(actor, one(selection.releases(selection.where(actor, organization, project), version), id));
    }

    private ArtifactFile one(List<StoredRelease> releases, long id) {
        return artifacts
                .find(id, projects(releases))
                .filter(file -> releases.getFirst().version().equals(file.release()))
                .orElseThrow(() -> ApiException.notFound("file", id));
    }

    private static VisibleProjects projects(List<StoredRelease> releases) {
        return new VisibleProjects(
                releases.stream().map(release -> release.project().id()).collect(Collectors.toSet()));
    }

    private static @Nullable String sourceMap(@Nullable List<String> headers) {
        return headers == null
                ? null
                : headers.stream()
                        .filter(header -> header.matches("(?is)(?:x-)?sourcemap\\s*:.*"))
                        .map(header -> header.substring(header.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(null);
    }
}
