package dev.resentry.query.monitor;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.monitor.MonitorSettings;
import dev.resentry.storage.monitor.MonitorStore;
import dev.resentry.storage.monitor.StoredMonitor;
import dev.resentry.storage.project.Project;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the monitors that callers name, as far as they see them, does with them what they ask for, and records it. */
public final class MonitorChanges {
    private final MonitorStore monitors;
    private final ProjectSelection projects;
    private final AuditLog audit;
    private final InstantSource clock;

    MonitorChanges(MonitorStore monitors, ProjectSelection projects, AuditLog audit, InstantSource clock) {
        this.monitors = monitors;
        this.projects = projects;
        this.audit = audit;
        this.clock = clock;
    }

    /** What the audit log keeps of an environment that was deleted. */
    record RemovedEnvironment(String environment) {}

    /**
     * The monitor of an id.
     *
     * @throws ApiException not found, if the actor sees no such monitor
     */
    public StoredMonitor one(Actor actor, long id) {
        return monitors.find(id)
                .filter(monitor -> projects.of(actor).contains(monitor.projectId()))
                .orElseThrow(() -> ApiException.notFound("monitor", id));
    }

    /**
     * Adds a monitor to a project that the actor sees.
     *
     * @throws ApiException if the project has one of the slug, or as many as there can be
     */
    public StoredMonitor add(Actor actor, Project project, MonitorSettings settings) {
        return audit.inTransaction(() -> {
            long id = switch (monitors.add(project.id(), settings, now())) {
                case MonitorStore.Added.As(long added) -> added;
                case MonitorStore.Added.TooMany _ ->
                    throw ApiException.conflict(
                            "project",
                            "it has %d monitors already, the most there can be".formatted(MonitorStore.MOST));
                case MonitorStore.Added.SlugTaken _ ->
                    throw ApiException.conflict("slug", "the project has a monitor '%s'".formatted(settings.slug()));
            };
            record(actor, "monitor.created", id, settings, null, MonitorRequest.recorded(project.slug(), settings));
            return one(actor, id);
        });
    }

    /** Replaces what is said of a monitor. */
    public StoredMonitor replace(Actor actor, StoredMonitor before, MonitorSettings settings) {
        return audit.inTransaction(() -> {
            monitors.replace(before, settings, now());
            record(
                    actor,
                    "monitor.changed",
                    before.id(),
                    settings,
                    MonitorRequest.recorded(before.projectSlug(), before.settings()),
                    MonitorRequest.recorded(before.projectSlug(), settings));
            return one(actor, before.id());
        });
    }

    /** Removes a monitor with its check-ins. */
    public void remove(Actor actor, StoredMonitor before) {
        audit.doInTransaction(() -> {
            monitors.remove(before.id());
            record(
                    actor,
                    "monitor.deleted",
                    before.id(),
                    before.settings(),
                    MonitorRequest.recorded(before.projectSlug(), before.settings()),
                    null);
        });
    }

    /**
     * Removes an environment of a monitor with its check-ins.
     *
     * @throws ApiException not found, if the monitor has none of the name
     */
    public void removeEnvironment(Actor actor, StoredMonitor before, String environment) {
        audit.doInTransaction(() -> {
            if (!monitors.removeEnvironment(before.id(), environment)) {
                throw ApiException.notFound("environment", environment);
            }
            audit.record(
                    actor,
                    "monitor.environment_deleted",
                    new AuditLog.Target(
                            "monitor", before.id(), before.settings().name()),
                    new RemovedEnvironment(environment),
                    null);
        });
    }

    /**
     * Removes environments of a monitor with their check-ins: all of them, or none if the monitor lacks one.
     *
     * @throws ApiException not found, if the monitor has none of a name
     */
    public void removeEnvironments(Actor actor, StoredMonitor before, List<String> environments) {
        audit.doInTransaction(() ->
                environments.stream().distinct().forEach(environment -> removeEnvironment(actor, before, environment)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void record(
            Actor actor,
            String action,
            long id,
            MonitorSettings settings,
            @Nullable MonitorRequest before,
            @Nullable MonitorRequest after) {
        audit.record(actor, action, new AuditLog.Target("monitor", id, settings.name()), before, after);
    }
}
