package dev.resentry.query.program;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.release.DeploymentResponse;
import dev.resentry.query.release.NewDeploymentRequest;
import dev.resentry.query.release.NewRelease;
import dev.resentry.query.release.ReleaseChanges;
import dev.resentry.query.release.ReleaseSelection;
import dev.resentry.storage.release.DeploymentFilter;
import dev.resentry.storage.release.DeploymentStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Deployments in a flat form (features, M8). */
@NativeApi
@Tag(name = "Releases for programs")
class ProgramDeploymentController {
    private final DeploymentStore deployments;
    private final ReleaseChanges changes;
    private final ProjectSelection projects;

    ProgramDeploymentController(DeploymentStore deployments, ReleaseChanges changes, ProjectSelection projects) {
        this.deployments = deployments;
        this.changes = changes;
        this.projects = projects;
    }

    /**
     * A release that was brought to an environment.
     *
     * @param project its slug or id
     * @param release the version; one that nobody knows comes into being
     * @param deployedAt when it was finished; absent for now
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record NewProgramDeployment(
            @NotBlank String project,
            @NotBlank String release,
            @NotBlank String environment,
            @Nullable @Size(max = NewRelease.MAX_LINE) String name,
            @Nullable @Size(max = NewRelease.MAX_URL) String url,
            @Nullable Instant startedAt,
            @Nullable Instant deployedAt) {
        NewDeploymentRequest deployment() {
            return new NewDeploymentRequest(environment, name, url, startedAt, deployedAt);
        }
    }

    /**
     * Lists deployments, the newest first.
     *
     * @param project slugs or ids
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/deployments")
    PageResponse<DeploymentResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        var filter = new DeploymentFilter(
                projects.of(actor, project), null, ReleaseSelection.environmentsOf(environment), null, null);
        return PageResponse.of(
                deployments.list(filter, Cursor.datedPosition(cursor), Cursor.limit(limit)),
                DeploymentResponse::of,
                last -> Cursor.write(last.deployedAt(), last.id()));
    }

    /** Records a deployment. */
    @Allowed(Scope.PROJECT_RELEASES)
    @PostMapping("/api/deployments")
    @ResponseStatus(HttpStatus.CREATED)
    DeploymentResponse add(@Valid @RequestBody NewProgramDeployment request, Actor actor) {
        long project = projects.one(actor, request.project()).id();
        long id = changes.deploy(actor, project, request.release(), request.deployment());
        return deployments
                .find(id)
                .map(DeploymentResponse::of)
                .orElseThrow(() -> ApiException.notFound("deployment", id));
    }
}
