package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.resentry.model.release.NameRule;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.artifact.Dist;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.storage.artifact.ArtifactAssemblies;
import dev.resentry.storage.artifact.ArtifactAssembly;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.artifact.UploadChunks;
import dev.resentry.storage.project.Project;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Has bundles of artifacts put together of parts. Tools ask the same again until the state is {@code ok} or {@code error}. */
@SentryApi
class ArtifactBundleController {
    /** As many of the parts that tools are told to make as the largest file has. */
    private static final int MAX_CHUNKS = (int) (ChunkUploadController.FILE_BYTES / ChunkUploadController.CHUNK_BYTES);

    private final ArtifactStore artifacts;
    private final ArtifactAssemblies assemblies;
    private final UploadChunks chunks;
    private final SentrySelection selection;

    ArtifactBundleController(
            ArtifactStore artifacts, ArtifactAssemblies assemblies, UploadChunks chunks, SentrySelection selection) {
        this.artifacts = artifacts;
        this.assemblies = assemblies;
        this.chunks = chunks;
        this.selection = selection;
    }

    /** @param checksum of all parts behind each other */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record AssembleRequest(
            @Nullable String checksum,
            @Nullable List<String> chunks,
            @Nullable List<String> projects,
            @Nullable String version,
            @Nullable String dist) {}

    /** @param missingChunks always there, as some tools insist on it */
    record AssembleAnswer(
            String state,
            List<String> missingChunks,
            @Nullable String detail) {
        static AssembleAnswer of(String state) {
            return new AssembleAnswer(state, List.of(), null);
        }
    }

    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @PostMapping("/api/0/organizations/{organization}/artifactbundle/assemble")
    AssembleAnswer assemble(@PathVariable String organization, @RequestBody AssembleRequest request, Actor actor) {
        selection.organization(organization);
        ArtifactAssembly wanted = assembly(request, actor);
        Optional<ArtifactAssemblies.State> state = assemblies.state(wanted);
        if (state.isPresent()) {
            return switch (state.get()) {
                case ArtifactAssemblies.State.Created() -> AssembleAnswer.of("created");
                case ArtifactAssemblies.State.Assembling() -> AssembleAnswer.of("assembling");
                case ArtifactAssemblies.State.Failed(String detail) -> new AssembleAnswer("error", List.of(), detail);
            };
        }
        if (artifacts.haveBundle(wanted.projects(), wanted.sha1(), wanted.release(), wanted.dist())) {
            return AssembleAnswer.of("ok");
        }
        List<Sha1> missing = chunks.missing(wanted.chunks());
        if (!missing.isEmpty()) {
            return new AssembleAnswer(
                    "not_found", missing.stream().map(Sha1::hex).toList(), null);
        }
        assemblies.begin(wanted);
        return AssembleAnswer.of("created");
    }

    private ArtifactAssembly assembly(AssembleRequest request, Actor actor) {
        List<String> parts = request.chunks() == null ? List.of() : request.chunks();
        if (parts.isEmpty() || parts.size() > MAX_CHUNKS) {
            throw ApiException.invalid("chunks", "%d (expected: 1 to %d)".formatted(parts.size(), MAX_CHUNKS));
        }
        List<String> named = request.projects() == null ? List.of() : request.projects();
        if (named.isEmpty()) {
            throw ApiException.invalid("projects", "empty (expected: at least one)");
        }
        String version = text(request.version());
        if (version != null && NameRule.RELEASE.fault(version).isPresent()) {
            throw ApiException.invalid("version", "'%s' (%s)".formatted(version, NameRule.RELEASE.words()));
        }
        String dist = text(request.dist());
        if (dist != null && dist.length() > Dist.MAX) {
            throw ApiException.invalid("dist", Dist.fault(dist));
        }
        return new ArtifactAssembly(
                sha1("checksum", request.checksum()),
                selection.projects(actor, named).stream().map(Project::id).toList(),
                version,
                dist,
                parts.stream().map(part -> sha1("chunks", part)).toList(),
                actor.email());
    }

    private static @Nullable String text(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static Sha1 sha1(String field, @Nullable String text) {
        return Sha1.parse(text == null ? "" : text)
                .orElseThrow(() -> ApiException.invalid(field, "'%s' (expected: 40 hex digits)".formatted(text)));
    }
}
