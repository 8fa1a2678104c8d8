package dev.resentry.query.release;

import dev.resentry.model.release.NameRule;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.NewDeployment;
import dev.resentry.storage.release.ReleaseDetails;
import dev.resentry.storage.release.ReleaseStore;
import dev.resentry.storage.release.ReleaseStore.Saved;
import dev.resentry.storage.release.StoredRelease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does with releases what actors ask for, and records it. Whether the actor sees the project is up to the caller. */
public final class ReleaseChanges {
    private static final ReleaseDetails NOTHING = new ReleaseDetails(null, null, null, null);

    private final ReleaseStore releases;
    private final DeploymentStore deployments;
    private final AuditLog audit;
    private final InstantSource clock;

    ReleaseChanges(ReleaseStore releases, DeploymentStore deployments, AuditLog audit, InstantSource clock) {
        this.releases = releases;
        this.deployments = deployments;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a release, or says more of one that is there.
     *
     * @throws ApiException if the version is none, or the project is gone
     */
    public Saved save(Actor actor, long project, NewRelease request) {
        String version = name(NameRule.RELEASE, "version", request.version());
        return audit.inTransaction(() -> {
            Saved saved = save(actor, project, version, request.details());
            releases.addCommits(saved.id(), request.releaseCommits());
            releases.addRefs(saved.id(), request.releaseRefs());
            return saved;
        });
    }

    private Saved save(Actor actor, long project, String version, ReleaseDetails details) {
        Saved saved = releases.save(project, version, details, actor.email())
                .orElseThrow(() -> ApiException.notFound("project", project));
        if (saved.isNew()) {
            audit.record(actor, "release.created", target(saved.id(), version), null, null);
        }
        return saved;
    }

    /** Changes what is said of a release. */
    public void change(Actor actor, StoredRelease before, ReleaseDetails details, boolean undated) {
        audit.doInTransaction(() -> {
            if (!releases.change(before.id(), details, undated)) {
                throw ApiException.notFound("release", before.id());
            }
            if (details.archived() != null && details.archived() != before.archived()) {
                audit.record(
                        actor,
                        "release.changed",
                        target(before.id(), before.version()),
                        Map.of("archived", before.archived()),
                        Map.of("archived", details.archived()));
            }
        });
    }

    /** Deletes a release that has no events. */
    public void delete(Actor actor, StoredRelease release) {
        audit.doInTransaction(() -> {
            if (!releases.delete(release.project().id(), release.id())) {
                throw ApiException.conflict(
                        "id", "release %d has events (expected: one without; archive it)".formatted(release.id()));
            }
            audit.record(actor, "release.deleted", target(release.id(), release.version()), null, null);
        });
    }

    /**
     * Records a deployment of a release of a project; one that nobody knows comes into being.
     *
     * @return the id of the deployment
     * @throws ApiException if a name is none, the times are in the wrong order, or the project is gone
     */
    public long deploy(Actor actor, long project, String release, NewDeploymentRequest request) {
        String version = name(NameRule.RELEASE, "release", release);
        return audit.inTransaction(
                () -> recorded(actor, save(actor, project, version, NOTHING).id(), version, request));
    }

    /** Records a deployment of a release that is there; the id of the deployment. */
    long deploy(Actor actor, StoredRelease release, NewDeploymentRequest request) {
        return audit.inTransaction(() -> recorded(actor, release.id(), release.version(), request));
    }

    private long recorded(Actor actor, long release, String version, NewDeploymentRequest request) {
        String environment = name(NameRule.ENVIRONMENT, "environment", request.environment());
        Instant deployedAt = request.deployedAt() == null ? clock.instant() : request.deployedAt();
        if (request.startedAt() != null && request.startedAt().isAfter(deployedAt)) {
            throw ApiException.invalid(
                    "started_at", "%s (expected: not after %s)".formatted(request.startedAt(), deployedAt));
        }
        long id = deployments
                .add(
                        release,
                        new NewDeployment(
                                environment,
                                request.name(),
                                request.url(),
                                request.startedAt(),
                                deployedAt,
                                actor.email()))
                .orElseThrow(() -> ApiException.notFound("release", release));
        audit.record(actor, "release.deployed", target(release, version), null, Map.of("environment", environment));
        return id;
    }

    private static String name(NameRule rule, String field, @Nullable String given) {
        String name = given == null ? "" : given.strip();
        if (name.isEmpty() || rule.fault(name).isPresent()) {
            throw ApiException.invalid(field, "'%s' (%s)".formatted(name, rule.words()));
        }
        return name;
    }

    private static AuditLog.Target target(long id, String version) {
        return new AuditLog.Target("release", id, version);
    }
}
