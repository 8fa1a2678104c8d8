package dev.resentry.query.release;

import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.StoredRelease;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds releases as far as an actor sees them, and makes answers of them. */
public final class ReleaseSelection {
    private final ReleaseQueries releases;
    private final DeploymentStore deployments;
    private final ProjectSelection projects;

    ReleaseSelection(ReleaseQueries releases, DeploymentStore deployments, ProjectSelection projects) {
        this.releases = releases;
        this.deployments = deployments;
        this.projects = projects;
    }

    /**
     * The release of an id, whose events are counted in all environments.
     *
     * @throws ApiException not found, if the actor sees no such release
     */
    public StoredRelease one(Actor actor, long id) {
        return one(actor, id, null);
    }

    /** As {@link #one(Actor, long)}, with the events of some environments; null for all. */
    StoredRelease one(Actor actor, long id, @Nullable List<String> environments) {
        return releases.find(id, environmentsOf(environments))
                .filter(release -> projects.of(actor).contains(release.project().id()))
                .orElseThrow(() -> ApiException.notFound("release", id));
    }

    /** The answers in the order of the releases. */
    public List<ReleaseResponse> answers(List<StoredRelease> releases) {
        Map<Long, List<DeploymentStore.Latest>> latest =
                deployments.latest(releases.stream().map(StoredRelease::id).toList());
        return releases.stream()
                .map(release -> ReleaseResponse.of(release, latest.getOrDefault(release.id(), List.of())))
                .toList();
    }

    /** The environments that parameters name; null if they name none. */
    public static @Nullable Set<String> environmentsOf(@Nullable List<String> environments) {
        return environments == null || environments.isEmpty() ? null : Set.copyOf(environments);
    }
}
