package dev.resentry.query.program;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.release.NewDeploymentRequest;
import dev.resentry.query.release.NewRelease;
import dev.resentry.query.release.ReleaseChanges;
import dev.resentry.query.release.ReleaseCursor;
import dev.resentry.query.release.ReleaseResponse;
import dev.resentry.query.release.ReleaseResponse.LatestDeployment;
import dev.resentry.query.release.ReleaseSelection;
import dev.resentry.storage.Page;
import dev.resentry.storage.release.ReleaseFilter;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.ReleaseSort;
import dev.resentry.storage.release.ReleaseStore.Saved;
import dev.resentry.storage.release.StoredRelease;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Releases in a flat form (features, M4). */
@NativeApi
@Tag(name = "Releases for programs")
class ProgramReleaseController {
    private final ReleaseQueries releases;
    private final ReleaseSelection selection;
    private final ReleaseChanges changes;
    private final ProjectSelection projects;

    ProgramReleaseController(
            ReleaseQueries releases, ReleaseSelection selection, ReleaseChanges changes, ProjectSelection projects) {
        this.releases = releases;
        this.selection = selection;
        this.changes = changes;
        this.projects = projects;
    }

    /**
     * A release that is to be there; of one that is, what is given is added or replaced.
     *
     * @param project its slug or id
     * @param environment where it runs: a deployment is recorded, unless one to there is known
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record NewProgramRelease(
            @NotBlank String project,
            @NotBlank String version,
            @Nullable String environment,
            @Nullable Instant dateReleased,
            @Nullable @Size(max = NewRelease.MAX_LINE) String ref,
            @Nullable @Size(max = NewRelease.MAX_URL) String url,
            @Nullable @Size(max = NewRelease.MAX_COMMITS) List<NewRelease.@NotNull @Valid NewCommit> commits) {
        NewRelease release() {
            return new NewRelease(version, dateReleased, ref, url, commits, null);
        }
    }

    /**
     * A release of a project.
     *
     * @param project the slug
     * @param environments to which it was deployed
     * @param date when it was released; if nobody said so, when it was first seen
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ProgramRelease")
    record ProgramReleaseResponse(
            long id,
            long projectId,
            String project,
            String version,
            String shortVersion,
            List<String> environments,
            Instant date,
            @Nullable Instant dateReleased,
            Instant createdAt,
            @Nullable Instant firstEventAt,
            @Nullable Instant lastEventAt,
            long events,
            long newIssues,
            int commits,
            boolean archived,
            @Nullable String ref,
            @Nullable String url) {
        static ProgramReleaseResponse of(ReleaseResponse release) {
            return new ProgramReleaseResponse(
                    release.id(),
                    release.project().id(),
                    release.project().slug(),
                    release.version(),
                    release.shortVersion(),
                    release.deployments().stream()
                            .map(LatestDeployment::environment)
                            .toList(),
                    release.date(),
                    release.dateReleased(),
                    release.createdAt(),
                    release.firstEventAt(),
                    release.lastEventAt(),
                    release.events(),
                    release.newIssues(),
                    release.commits(),
                    release.archived(),
                    release.ref(),
                    release.url());
        }
    }

    /**
     * Lists releases, the newest first.
     *
     * @param project slugs or ids
     * @param environment of which they have events or deployments, and in which events are counted; empty for events without
     *     one
     * @param query a text that the version holds
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/releases")
    PageResponse<ProgramReleaseResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        var filter = new ReleaseFilter(
                projects.of(actor, project),
                ReleaseSelection.environmentsOf(environment),
                query == null || query.isBlank() ? null : query.strip(),
                null);
        Page<StoredRelease> page = releases.list(
                filter, ReleaseSort.DATE, ReleaseCursor.read(ReleaseSort.DATE, cursor), Cursor.limit(limit));
        List<StoredRelease> entries = page.entries();
        return new PageResponse<>(
                selection.answers(entries).stream()
                        .map(ProgramReleaseResponse::of)
                        .toList(),
                page.hasMore()
                        ? ReleaseCursor.write(
                                ReleaseSort.DATE, entries.getLast().position())
                        : null);
    }

    /** Makes a release; of one that is there, what is given is added or replaced, and the status is 200. */
    @Allowed(Scope.PROJECT_RELEASES)
    @PostMapping("/api/releases")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    ResponseEntity<ProgramReleaseResponse> save(@Valid @RequestBody NewProgramRelease request, Actor actor) {
        long project = projects.one(actor, request.project()).id();
        Saved saved = changes.save(actor, project, request.release());
        ReleaseResponse release = answer(actor, saved.id());
        String environment = request.environment();
        if (environment != null
                && release.deployments().stream()
                        .noneMatch(latest -> latest.environment().equals(environment.strip()))) {
            long _ = changes.deploy(
                    actor, project, request.version(), new NewDeploymentRequest(environment, null, null, null, null));
            release = answer(actor, saved.id());
        }
        return ResponseEntity.status(saved.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(ProgramReleaseResponse.of(release));
    }

    private ReleaseResponse answer(Actor actor, long id) {
        return selection.answers(List.of(selection.one(actor, id))).getFirst();
    }
}
