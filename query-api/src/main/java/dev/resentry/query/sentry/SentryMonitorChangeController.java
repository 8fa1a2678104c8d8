package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.monitor.MonitorChanges;
import dev.resentry.storage.monitor.StoredMonitor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.JsonNode;

/** Adds, changes and removes monitors of crons. */
@SentryApi
class SentryMonitorChangeController {
    private static final String OF_ORGANIZATION = "/api/0/organizations/{organization}/monitors";
    private static final String ONE = OF_ORGANIZATION + "/{monitor}";
    private static final String ONE_OF_PROJECT = "/api/0/projects/{organization}/{project}/monitors/{monitor}";

    private final MonitorChanges changes;
    private final SentryMonitors monitors;
    private final SentrySelection where;

    SentryMonitorChangeController(MonitorChanges changes, SentryMonitors monitors, SentrySelection where) {
        this.changes = changes;
        this.monitors = monitors;
        this.where = where;
    }

    /** Adds a monitor. It waits for a first check-in, and misses none before. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping(OF_ORGANIZATION)
    @ResponseStatus(HttpStatus.CREATED)
    SentryMonitor add(@PathVariable String organization, @RequestBody JsonNode request, Actor actor) {
        var body = SentryMonitorRequest.of(request);
        return SentryMonitor.of(changes.add(actor, where.project(actor, organization, body.project()), body.added()));
    }

    /** Changes what is said of a monitor; what is absent stays as it is. */
    @Allowed(Scope.ALERTS_WRITE)
    @PutMapping({ONE, ONE_OF_PROJECT})
    SentryMonitor change(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String monitor,
            @RequestBody JsonNode request,
            Actor actor) {
        var body = SentryMonitorRequest.of(request);
        StoredMonitor before =
                monitors.only(actor, organization, project, body.namesProject() ? body.project() : null, monitor);
        if (body.namesProject()
                && where.project(actor, organization, body.project()).id() != before.projectId()) {
            throw ApiException.invalid(
                    "project", "it cannot be changed (expected: %s)".formatted(before.projectSlug()));
        }
        return SentryMonitor.of(changes.replace(actor, before, body.changed(before.settings())));
    }

    /**
     * Removes a monitor with its check-ins, or some of its environments.
     *
     * @param environment those to remove; the whole monitor if it is absent
     */
    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping({ONE, ONE_OF_PROJECT})
    @ResponseStatus(HttpStatus.ACCEPTED)
    void remove(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String monitor,
            @RequestParam @Nullable List<String> environment,
            Actor actor) {
        StoredMonitor before = monitors.only(actor, organization, project, null, monitor);
        if (environment == null || environment.isEmpty()) {
            changes.remove(actor, before);
        } else {
            changes.removeEnvironments(actor, before, environment);
        }
    }
}
