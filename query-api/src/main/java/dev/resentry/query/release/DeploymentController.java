package dev.resentry.query.release;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.Page;
import dev.resentry.storage.release.DeploymentFilter;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.StoredDeployment;
import dev.resentry.storage.release.StoredRelease;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Deployments of releases, the newest first. */
@NativeApi
@Tag(name = "Releases")
class DeploymentController {
    private final DeploymentStore deployments;
    private final ReleaseSelection selection;
    private final ReleaseChanges changes;
    private final ProjectSelection projects;

    DeploymentController(
            DeploymentStore deployments,
            ReleaseSelection selection,
            ReleaseChanges changes,
            ProjectSelection projects) {
        this.deployments = deployments;
        this.selection = selection;
        this.changes = changes;
        this.projects = projects;
    }

    /**
     * Lists deployments, such as those that a chart marks.
     *
     * @param project slugs or ids
     * @param start when the first was finished
     * @param end before which the last was finished
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/deployments")
    PageResponse<DeploymentResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        if (start != null && end != null && !start.isBefore(end)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(start, end));
        }
        var filter = new DeploymentFilter(
                projects.of(actor, project), null, ReleaseSelection.environmentsOf(environment), start, end);
        return answer(deployments.list(filter, Cursor.datedPosition(cursor), Cursor.limit(limit)));
    }

    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/releases/{id}/deployments")
    PageResponse<DeploymentResponse> ofRelease(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        long release = selection.one(actor, id).id();
        return answer(deployments.list(
                DeploymentFilter.ofRelease(release), Cursor.datedPosition(cursor), Cursor.limit(limit)));
    }

    /** Records that the release was brought to an environment. */
    @Allowed(Scope.PROJECT_RELEASES)
    @PostMapping("/api/v1/releases/{id}/deployments")
    @ResponseStatus(HttpStatus.CREATED)
    DeploymentResponse add(@PathVariable long id, @Valid @RequestBody NewDeploymentRequest request, Actor actor) {
        StoredRelease release = selection.one(actor, id);
        long deployment = changes.deploy(actor, release, request);
        return deployments
                .find(deployment)
                .map(DeploymentResponse::of)
                .orElseThrow(() -> ApiException.notFound("deployment", deployment));
    }

    private static PageResponse<DeploymentResponse> answer(Page<StoredDeployment> page) {
        return PageResponse.of(page, DeploymentResponse::of, last -> Cursor.write(last.deployedAt(), last.id()));
    }
}
