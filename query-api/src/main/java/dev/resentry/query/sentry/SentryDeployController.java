package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.release.NewDeploymentRequest;
import dev.resentry.query.release.NewRelease;
import dev.resentry.query.release.ReleaseChanges;
import dev.resentry.storage.DatedPosition;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.release.DeploymentFilter;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.StoredDeployment;
import dev.resentry.storage.release.StoredRelease;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Deployments of releases. */
@SentryApi
class SentryDeployController {
    private static final String OF_ORGANIZATION = SentryReleaseController.OF_ORGANIZATION + "/{version}/deploys";
    private static final String OF_PROJECT = SentryReleaseController.OF_PROJECT + "/{version}/deploys";
    private static final int MOST = 100;

    private final DeploymentStore deployments;
    private final ReleaseChanges changes;
    private final SentrySelection selection;

    SentryDeployController(DeploymentStore deployments, ReleaseChanges changes, SentrySelection selection) {
        this.deployments = deployments;
        this.changes = changes;
        this.selection = selection;
    }

    /** @param projects of the release; absent for all of them */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record DeployRequest(
            @Nullable String environment,
            @Nullable String name,
            @Nullable String url,
            @Nullable String dateStarted,
            @Nullable String dateFinished,
            @Nullable List<String> projects) {
        NewDeploymentRequest deployment() {
            return new NewDeploymentRequest(
                    environment == null ? "" : environment,
                    ReleaseRequest.cut(name, NewRelease.MAX_LINE),
                    ReleaseRequest.cut(url, NewRelease.MAX_URL),
                    ReleaseRequest.instant("dateStarted", dateStarted),
                    ReleaseRequest.instant("dateFinished", dateFinished));
        }
    }

    /** A deployment; tools cannot do with one that is not finished. */
    record SentryDeploy(
            String id,
            String environment,
            @Nullable String name,
            @Nullable String url,
            @Nullable Instant dateStarted,
            Instant dateFinished) {
        static SentryDeploy of(StoredDeployment deployment) {
            return new SentryDeploy(
                    String.valueOf(deployment.id()),
                    deployment.environment(),
                    deployment.name(),
                    deployment.url(),
                    deployment.startedAt(),
                    deployment.deployedAt());
        }
    }

    /** The newest of them. */
    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping({OF_ORGANIZATION, OF_PROJECT})
    ResponseEntity<List<SentryDeploy>> list(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            Actor actor) {
        return SentryLinks.page(
                selection.releases(selection.where(actor, organization, project), version).stream()
                        .flatMap(
                                release -> deployments
                                        .list(DeploymentFilter.ofRelease(release.id()), DatedPosition.NEWEST, MOST)
                                        .entries()
                                        .stream())
                        .sorted(Comparator.comparing(StoredDeployment::deployedAt)
                                .reversed())
                        .limit(MOST)
                        .map(SentryDeploy::of)
                        .toList(),
                null);
    }

    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @PostMapping({OF_ORGANIZATION, OF_PROJECT})
    @ResponseStatus(HttpStatus.CREATED)
    SentryDeploy add(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            @RequestBody DeployRequest request,
            Actor actor) {
        List<StoredRelease> found = selection.releases(selection.where(actor, organization, project), version);
        List<String> named = request.projects() == null ? List.of() : request.projects();
        List<Long> wanted =
                selection.projects(actor, named).stream().map(Project::id).toList();
        SentryDeploy made = null;
        for (StoredRelease release : found) {
            if (wanted.isEmpty() || wanted.contains(release.project().id())) {
                long id = changes.deploy(actor, release.project().id(), version, request.deployment());
                made = deployments.find(id).map(SentryDeploy::of).orElseThrow();
            }
        }
        if (made == null) {
            throw ApiException.invalid("projects", "%s (expected: projects of release '%s')".formatted(named, version));
        }
        return made;
    }
}
