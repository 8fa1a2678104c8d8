package dev.resentry.query.uptime;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.uptime.StoredUptimeCheck;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import dev.resentry.storage.uptime.UptimeStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Finds the checks that callers name, as far as they see them, does with them what they ask for, and records it. */
public final class UptimeChanges {
    private final UptimeStore checks;
    private final UptimeTargets targets;
    private final ProjectSelection projects;
    private final AuditLog audit;
    private final InstantSource clock;

    UptimeChanges(
            UptimeStore checks, UptimeTargets targets, ProjectSelection projects, AuditLog audit, InstantSource clock) {
        this.checks = checks;
        this.targets = targets;
        this.projects = projects;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The check of an id.
     *
     * @throws ApiException not found, if the actor sees no such check
     */
    public StoredUptimeCheck one(Actor actor, long id) {
        return checks.find(id)
                .filter(check -> projects.of(actor).contains(check.projectId()))
                .orElseThrow(() -> ApiException.notFound("uptime check", id));
    }

    /**
     * Adds a check to a project that the actor sees.
     *
     * @throws ApiException if its URL is refused, or the project has as many as there can be
     */
    public StoredUptimeCheck add(Actor actor, Project project, UptimeCheckSettings settings) {
        targets.require(settings.url());
        return audit.inTransaction(() -> {
            long id = checks.add(project.id(), settings, now())
                    .orElseThrow(() -> ApiException.conflict(
                            "project",
                            "it has %d uptime checks already, the most there can be".formatted(UptimeStore.MOST)));
            record(
                    actor,
                    "uptime_check.created",
                    id,
                    settings.name(),
                    null,
                    UptimeCheckRequest.recorded(project.slug(), settings));
            return one(actor, id);
        });
    }

    /** Replaces what is said of a check, and has it made at once. */
    public StoredUptimeCheck replace(Actor actor, StoredUptimeCheck before, UptimeCheckSettings settings) {
        targets.require(settings.url());
        return audit.inTransaction(() -> {
            checks.replace(before, settings, now());
            record(
                    actor,
                    "uptime_check.changed",
                    before.id(),
                    settings.name(),
                    UptimeCheckRequest.recorded(before.projectSlug(), before.settings()),
                    UptimeCheckRequest.recorded(before.projectSlug(), settings));
            return one(actor, before.id());
        });
    }

    /** Removes a check with its results. */
    public void remove(Actor actor, StoredUptimeCheck before) {
        audit.doInTransaction(() -> {
            checks.remove(before.id());
            record(
                    actor,
                    "uptime_check.deleted",
                    before.id(),
                    before.settings().name(),
                    UptimeCheckRequest.recorded(before.projectSlug(), before.settings()),
                    null);
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void record(
            Actor actor,
            String action,
            long id,
            String name,
            @Nullable UptimeCheckRequest before,
            @Nullable UptimeCheckRequest after) {
        audit.record(actor, action, new AuditLog.Target("uptime_check", id, name), before, after);
    }
}
