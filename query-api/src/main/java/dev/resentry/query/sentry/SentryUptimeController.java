package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.uptime.UptimeChanges;
import dev.resentry.storage.Page;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.uptime.StoredUptimeCheck;
import dev.resentry.storage.uptime.UptimeQueries;
import dev.resentry.storage.uptime.UptimeResult;
import dev.resentry.storage.uptime.UptimeStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.JsonNode;

/** Uptime checks and what came of them. */
@SentryApi
class SentryUptimeController {
    private static final String OF_PROJECT = "/api/0/projects/{organization}/{project}/uptime";

    private final UptimeStore checks;
    private final UptimeQueries queries;
    private final UptimeChanges changes;
    private final ProjectSelection projects;
    private final SentrySelection where;
    private final InstantSource clock;

    SentryUptimeController(
            UptimeStore checks,
            UptimeQueries queries,
            UptimeChanges changes,
            ProjectSelection projects,
            SentrySelection where,
            InstantSource clock) {
        this.checks = checks;
        this.queries = queries;
        this.changes = changes;
        this.projects = projects;
        this.where = where;
        this.clock = clock;
    }

    /**
     * What came of a check.
     *
     * @param checkStatusReason why it is not well; null if it is
     * @param httpStatusCode null if nothing answered
     */
    record Check(
            Instant timestamp,
            Instant scheduledCheckTime,
            String checkStatus,
            @Nullable String checkStatusReason,
            @Nullable Integer httpStatusCode,
            int durationMs,
            String environment,
            String region,
            String regionName) {
        static Check of(UptimeResult result, @Nullable String environment) {
            return new Check(
                    result.at(),
                    result.at(),
                    result.ok() ? "success" : "failure",
                    result.error(),
                    result.status(),
                    result.durationMs(),
                    Objects.requireNonNullElse(environment, ""),
                    result.location(),
                    result.location());
        }
    }

    /**
     * Lists checks, by name.
     *
     * @param query part of a name or URL
     * @param owner unassigned, as all are
     */
    @Allowed(
            value = Scope.ALERTS_READ,
            or = {Scope.PROJECT_READ, Scope.ORG_READ})
    @GetMapping("/api/0/organizations/{organization}/uptime")
    ResponseEntity<List<SentryUptimeMonitor>> list(
            @PathVariable String organization,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String owner,
            @RequestParam @Nullable String query,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        where.organization(organization);
        boolean isOfSomebody = owner != null && !owner.isEmpty() && !owner.equals("unassigned");
        List<StoredUptimeCheck> all =
                isOfSomebody ? List.of() : checks.list(projects.of(actor, SentryIssues.named(project)));
        return SentryLinks.part(
                all.stream()
                        .filter(check -> environment == null
                                || environment.isEmpty()
                                || environment.contains(Objects.requireNonNullElse(
                                        check.settings().environment(), "")))
                        .map(check -> SentryUptimeMonitor.of(check, actor))
                        .filter(monitor -> SentryProjects.holds(query, monitor.name(), monitor.url()))
                        .toList(),
                perPage,
                cursor);
    }

    /** Adds a check, which is made at once. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping(OF_PROJECT)
    @ResponseStatus(HttpStatus.CREATED)
    SentryUptimeMonitor add(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestBody JsonNode request,
            Actor actor) {
        Project of = where.project(actor, organization, project);
        return SentryUptimeMonitor.of(
                changes.add(actor, of, SentryUptimeRequest.of(request).added()), actor);
    }

    @Allowed(
            value = Scope.ALERTS_READ,
            or = {Scope.PROJECT_READ, Scope.ORG_READ})
    @GetMapping(OF_PROJECT + "/{check}")
    SentryUptimeMonitor get(
            @PathVariable String organization, @PathVariable String project, @PathVariable long check, Actor actor) {
        return SentryUptimeMonitor.of(one(actor, organization, project, check), actor);
    }

    /** Changes a check, and has it made at once; what is absent stays as it is. */
    @Allowed(Scope.ALERTS_WRITE)
    @PutMapping(OF_PROJECT + "/{check}")
    SentryUptimeMonitor change(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable long check,
            @RequestBody JsonNode request,
            Actor actor) {
        StoredUptimeCheck before = one(actor, organization, project, check);
        return SentryUptimeMonitor.of(
                changes.replace(actor, before, SentryUptimeRequest.of(request).changed(before.settings())), actor);
    }

    /** Removes a check with its results. */
    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping(OF_PROJECT + "/{check}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void remove(
            @PathVariable String organization, @PathVariable String project, @PathVariable long check, Actor actor) {
        changes.remove(actor, one(actor, organization, project, check));
    }

    /** What came of a check of late, the newest first. */
    @Allowed(
            value = Scope.ALERTS_READ,
            or = {Scope.PROJECT_READ, Scope.ORG_READ})
    @GetMapping(OF_PROJECT + "/{check}/checks")
    ResponseEntity<List<Check>> results(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable long check,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        StoredUptimeCheck found = one(actor, organization, project, check);
        SentryWindow window = SentryWindow.of(statsPeriod, start, end, clock.instant());
        String sent = SentryLinks.cursor(cursor);
        Instant to = window.to();
        Instant before =
                sent == null && to != null ? to : Cursor.datedPosition(sent).at();
        Page<UptimeResult> page = queries.results(found.id(), before, SentryLinks.size(perPage));
        Instant from = window.from();
        List<UptimeResult> inTime = page.entries().stream()
                .filter(result -> from == null || !result.at().isBefore(from))
                .toList();
        // They come newest first, so behind one that is too old there is none that is wanted.
        return SentryLinks.page(
                inTime.stream()
                        .map(result -> Check.of(result, found.settings().environment()))
                        .toList(),
                page.hasMore() && inTime.size() == page.entries().size()
                        ? Cursor.write(inTime.getLast().at(), 0)
                        : null);
    }

    private StoredUptimeCheck one(Actor actor, String organization, String project, long check) {
        long of = where.project(actor, organization, project).id();
        StoredUptimeCheck found = changes.one(actor, check);
        if (found.projectId() != of) {
            throw ApiException.notFound("uptime check", check);
        }
        return found;
    }
}
