package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.model.encoding.BoundedZip;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.release.NameRule;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.artifact.ArtifactUploads;
import dev.resentry.query.artifact.FileMemory;
import dev.resentry.query.artifact.MappingUploads;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.artifact.ArtifactFile;
import dev.resentry.storage.artifact.ArtifactFilter;
import dev.resentry.storage.artifact.ArtifactKind;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.artifact.UploadChunks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.multipart.MultipartFile;

/** Debug files of a project, of which mappings of R8 and ProGuard are taken (web API, section 1.3). */
@SentryApi
class DebugFileController {
    private static final String FILES = "/api/0/projects/{organization}/{project}/files";
    private static final int MAX_PAGE = 100;
    private static final int MAX_CHUNKS = Math.ceilDiv(MappingUploads.MAX_BYTES, ChunkUploadController.CHUNK_BYTES);

    private static final BoundedZip.Limits ZIP =
            new BoundedZip.Limits(1_000, MappingUploads.MAX_BYTES, 512L * 1024 * 1024, 200);

    private final MappingUploads mappings;
    private final ArtifactQueries artifacts;
    private final ArtifactUploads uploads;
    private final UploadChunks chunks;
    private final FileMemory memory;
    private final SentrySelection selection;

    DebugFileController(
            MappingUploads mappings,
            ArtifactQueries artifacts,
            ArtifactUploads uploads,
            UploadChunks chunks,
            FileMemory memory,
            SentrySelection selection) {
        this.mappings = mappings;
        this.artifacts = artifacts;
        this.uploads = uploads;
        this.chunks = chunks;
        this.memory = memory;
        this.selection = selection;
    }

    /** @param name of a mapping: {@code /proguard/} and its id */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record WantedFile(
            @Nullable String name,
            @JsonProperty("debug_id") @Nullable String debugId,
            @Nullable List<String> chunks) {}

    /** @param missingChunks always there, as some tools insist on it */
    record AssembledFile(
            String state,
            List<String> missingChunks,
            @Nullable String detail,
            @Nullable DebugFile dif) {
        static AssembledFile ok(ArtifactFile file) {
            return new AssembledFile("ok", List.of(), null, DebugFile.of(file));
        }

        static AssembledFile error(String detail) {
            return new AssembledFile("error", List.of(), detail, null);
        }
    }

    /** Puts mappings together of parts that were uploaded before; one is small enough to be there with the answer. */
    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @PostMapping(FILES + "/difs/assemble")
    Map<String, AssembledFile> assemble(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestBody Map<String, WantedFile> wanted,
            Actor actor) {
        long id = selection.project(actor, organization, project).id();
        Map<String, AssembledFile> answer = new LinkedHashMap<>();
        wanted.forEach((checksum, file) -> answer.put(checksum, assemble(actor, id, checksum, file)));
        return answer;
    }

    private AssembledFile assemble(Actor actor, long project, String checksum, WantedFile wanted) {
        Optional<Sha1> sha1 = Sha1.parse(checksum);
        if (sha1.isEmpty()) {
            return AssembledFile.error("checksum: '%s' (expected: 40 hex digits)".formatted(checksum));
        }
        Optional<UUID> mapping = DebugFile.mappingId(wanted.name());
        if (mapping.isEmpty()) {
            return AssembledFile.error(
                    "name: '%s' (expected: /proguard/<uuid>.txt, as mappings only are taken)".formatted(wanted.name()));
        }
        Optional<ArtifactFile> known =
                mappings.find(project, mapping.get()).filter(file -> file.sha1().equals(sha1.get()));
        if (known.isPresent()) {
            return AssembledFile.ok(known.get());
        }
        List<Sha1> parts = new ArrayList<>();
        for (String chunk : wanted.chunks() == null ? List.<String>of() : wanted.chunks()) {
            Sha1.parse(chunk).ifPresent(parts::add);
        }
        int given = wanted.chunks() == null ? 0 : wanted.chunks().size();
        if (parts.isEmpty() || parts.size() != given || given > MAX_CHUNKS) {
            return AssembledFile.error(
                    "chunks: %d (expected: 1 to %d hashes of 40 hex digits)".formatted(given, MAX_CHUNKS));
        }
        List<Sha1> missing = chunks.missing(parts);
        return missing.isEmpty()
                ? assemble(actor, project, sha1.get(), mapping.get(), parts)
                : new AssembledFile("not_found", missing.stream().map(Sha1::hex).toList(), null, null);
    }

    private AssembledFile assemble(Actor actor, long project, Sha1 sha1, UUID mapping, List<Sha1> parts) {
        try (FileMemory.Room _ = memory.take((long) parts.size() * ChunkUploadController.CHUNK_BYTES)) {
            var content = new ByteArrayOutputStream();
            for (Sha1 part : parts) {
                Optional<byte[]> bytes = chunks.get(part);
                if (bytes.isEmpty()) {
                    return AssembledFile.error("Chunk %s is not there any more; upload again".formatted(part));
                }
                content.writeBytes(bytes.get());
            }
            byte[] file = content.toByteArray();
            if (!Sha1.of(file).equals(sha1)) {
                return AssembledFile.error(
                        "checksum: %s (expected: %s, that of the chunks)".formatted(sha1, Sha1.of(file)));
            }
            Optional<String> fault = MappingUploads.fault(file);
            return fault.isPresent()
                    ? AssembledFile.error(fault.get())
                    : AssembledFile.ok(mappings.add(actor, project, mapping, file));
        }
    }

    /** Keeps the mappings of an archive, as tools uploaded them before there were chunks. */
    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @PostMapping(FILES + "/dsyms")
    @ResponseStatus(HttpStatus.CREATED)
    List<DebugFile> add(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestPart MultipartFile file,
            Actor actor)
            throws IOException {
        long id = selection.project(actor, organization, project).id();
        // The name is the JVM's; nothing of what was sent gets into it.
        Path archive = Files.createTempFile("debug-files", ".zip");
        try {
            file.transferTo(archive);
            return switch (BoundedZip.open(archive, ZIP)) {
                case BoundedZip.Opened.NoArchive(String cause) ->
                    throw ApiException.invalid("file", "no zip archive: " + cause);
                case BoundedZip.Opened.Archive(BoundedZip zip) -> {
                    try (zip) {
                        yield add(actor, id, zip);
                    }
                }
            };
        } finally {
            Files.delete(archive);
        }
    }

    private List<DebugFile> add(Actor actor, long project, BoundedZip zip) {
        List<DebugFile> added = new ArrayList<>();
        for (String name : zip.names()) {
            UUID mapping = DebugFile.mappingId(name)
                    .orElseThrow(() -> ApiException.invalid(
                            "file",
                            "'%s' (expected: proguard/<uuid>.txt, as mappings only are taken)".formatted(name)));
            try (FileMemory.Room _ = memory.take(MappingUploads.MAX_BYTES)) {
                added.add(DebugFile.of(
                        switch (zip.read(name)) {
                            case Decoded.Content(byte[] content) -> mappings.add(actor, project, mapping, content);
                            case Decoded.TooLarge(long limit) ->
                                throw ApiException.invalid("file", "'%s': more than %d bytes".formatted(name, limit));
                            case Decoded.Malformed malformed -> throw ApiException.invalid("file", malformed.cause());
                        }));
            }
        }
        return added;
    }

    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping(FILES + "/dsyms")
    ResponseEntity<List<DebugFile>> list(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        long id = selection.project(actor, organization, project).id();
        Page<ArtifactFile> page = artifacts.list(
                new ArtifactFilter(
                        new VisibleProjects(Set.of(id)),
                        null,
                        null,
                        query == null || query.isBlank() ? null : query,
                        ArtifactKind.PROGUARD),
                Cursor.beforeId(SentryLinks.cursor(cursor)),
                MAX_PAGE);
        List<ArtifactFile> files = page.entries();
        return SentryLinks.page(
                files.stream().map(DebugFile::of).toList(),
                page.hasMore()
                        ? Cursor.write(
                                files.getLast().createdAt(), files.getLast().id())
                        : null);
    }

    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @DeleteMapping(FILES + "/dsyms")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String organization, @PathVariable String project, @RequestParam long id, Actor actor) {
        long where = selection.project(actor, organization, project).id();
        uploads.delete(
                actor,
                artifacts
                        .find(id, new VisibleProjects(Set.of(where)))
                        .filter(file -> file.kind() == ArtifactKind.PROGUARD)
                        .orElseThrow(() -> ApiException.notFound("debug file", id)));
    }

    /** Of which release a mapping is. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record MappingOfRelease(
            @JsonProperty("release_name") @Nullable String releaseName,
            @JsonProperty("proguard_uuid") @Nullable String proguardUuid) {}

    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @PostMapping(FILES + "/proguard-artifact-releases")
    @ResponseStatus(HttpStatus.CREATED)
    void nameRelease(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestBody MappingOfRelease request,
            Actor actor) {
        long id = selection.project(actor, organization, project).id();
        String release =
                request.releaseName() == null ? "" : request.releaseName().strip();
        if (release.isEmpty() || NameRule.RELEASE.fault(release).isPresent()) {
            throw ApiException.invalid("release_name", "'%s' (%s)".formatted(release, NameRule.RELEASE.words()));
        }
        UUID mapping = DebugFile.id(request.proguardUuid())
                .orElseThrow(() -> ApiException.invalid(
                        "proguard_uuid", "'%s' (expected: a UUID)".formatted(request.proguardUuid())));
        if (!mappings.nameRelease(id, mapping, release)) {
            throw ApiException.notFound("mapping", mapping);
        }
    }
}
