package dev.resentry.query.release;

import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.StoredRelease;
import dev.resentry.storage.session.ReleaseHealth;
import dev.resentry.storage.session.SessionQueries;
import dev.resentry.storage.session.SessionQueries.ReleaseKey;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds releases as far as an actor sees them, and makes answers of them. */
public final class ReleaseSelection {
    private final ReleaseQueries releases;
    private final DeploymentStore deployments;
    private final SessionQueries sessions;
    private final ProjectSelection projects;
    private final InstantSource clock;

    ReleaseSelection(
            ReleaseQueries releases,
            DeploymentStore deployments,
            SessionQueries sessions,
            ProjectSelection projects,
            InstantSource clock) {
        this.releases = releases;
        this.deployments = deployments;
        this.sessions = sessions;
        this.projects = projects;
        this.clock = clock;
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

    /** The answers in the order of the releases, with the sessions of all environments. */
    public List<ReleaseResponse> answers(List<StoredRelease> releases) {
        return answers(releases, null);
    }

    /** As {@link #answers(List)}, with the sessions of some environments; null for all. */
    List<ReleaseResponse> answers(List<StoredRelease> releases, @Nullable List<String> environments) {
        Map<Long, List<DeploymentStore.Latest>> latest =
                deployments.latest(releases.stream().map(StoredRelease::id).toList());
        Map<ReleaseKey, ReleaseHealth> health = health(releases, environmentsOf(environments));
        return releases.stream()
                .map(release -> ReleaseResponse.of(
                        release,
                        latest.getOrDefault(release.id(), List.of()),
                        ReleaseResponse.ReleaseHealthSummary.of(release, health)))
                .toList();
    }

    /** Of the releases and those before them. */
    private Map<ReleaseKey, ReleaseHealth> health(List<StoredRelease> releases, @Nullable Set<String> environments) {
        Set<ReleaseKey> keys = new LinkedHashSet<>();
        for (StoredRelease release : releases) {
            long project = release.project().id();
            keys.add(new ReleaseKey(project, release.version()));
            if (release.previous() != null) {
                keys.add(new ReleaseKey(project, release.previous().version()));
            }
        }
        return keys.isEmpty() ? Map.of() : sessions.health(List.copyOf(keys), clock.instant(), environments);
    }

    /**
     * The environments that parameters name; null if there is no parameter. An empty one, of which an empty list is made,
     * asks for what has no environment.
     */
    public static @Nullable Set<String> environmentsOf(@Nullable List<String> environments) {
        if (environments == null) {
            return null;
        }
        return environments.isEmpty() ? Set.of("") : Set.copyOf(environments);
    }
}
