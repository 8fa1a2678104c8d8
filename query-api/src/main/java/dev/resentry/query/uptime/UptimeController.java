package dev.resentry.query.uptime;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.uptime.StoredUptimeCheck;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import dev.resentry.storage.uptime.UptimeQueries;
import dev.resentry.storage.uptime.UptimeStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Requests that processors make every so often to see whether something is there. */
@NativeApi
@Tag(name = "Uptime checks")
class UptimeController {
    private final UptimeStore checks;
    private final UptimeQueries queries;
    private final UptimeHistory history;
    private final UptimeTargets targets;
    private final ProjectSelection projects;
    private final AuditLog audit;
    private final InstantSource clock;

    UptimeController(
            UptimeStore checks,
            UptimeQueries queries,
            UptimeHistory history,
            UptimeTargets targets,
            ProjectSelection projects,
            AuditLog audit,
            InstantSource clock) {
        this.checks = checks;
        this.queries = queries;
        this.history = history;
        this.targets = targets;
        this.projects = projects;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Lists all checks of projects, by name.
     *
     * @param project slugs or ids
     */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/uptime-checks")
    List<UptimeCheckResponse> list(@RequestParam @Nullable List<String> project, Actor actor) {
        return history.of(checks.list(projects.of(actor, project)), actor);
    }

    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/uptime-checks/{id}")
    UptimeCheckResponse get(@PathVariable long id, Actor actor) {
        return answer(one(actor, id), actor);
    }

    /** Adds a check, which is made at once. A project has at most 100. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/uptime-checks")
    @ResponseStatus(HttpStatus.CREATED)
    UptimeCheckResponse create(@Valid @RequestBody UptimeCheckRequest request, Actor actor) {
        if (request.project() == null) {
            throw ApiException.invalid("project", "missing (expected: the slug or id of a project)");
        }
        Project project = projects.one(actor, request.project());
        UptimeCheckSettings settings = request.settings();
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
            return answer(one(actor, id), actor);
        });
    }

    /** Replaces what is said of a check, and has it made at once. */
    @Allowed(Scope.ALERTS_WRITE)
    @PutMapping("/api/v1/uptime-checks/{id}")
    UptimeCheckResponse replace(@PathVariable long id, @Valid @RequestBody UptimeCheckRequest request, Actor actor) {
        StoredUptimeCheck before = one(actor, id);
        if (request.project() != null && projects.one(actor, request.project()).id() != before.projectId()) {
            throw ApiException.invalid(
                    "project", "it cannot be changed (expected: %s)".formatted(before.projectSlug()));
        }
        UptimeCheckSettings settings = request.settings();
        targets.require(settings.url());
        return audit.inTransaction(() -> {
            checks.replace(before, settings, now());
            record(
                    actor,
                    "uptime_check.changed",
                    id,
                    settings.name(),
                    UptimeCheckRequest.recorded(before.projectSlug(), before.settings()),
                    UptimeCheckRequest.recorded(before.projectSlug(), settings));
            return answer(one(actor, id), actor);
        });
    }

    /** Deletes a check with its results. An issue of it stays. */
    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping("/api/v1/uptime-checks/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id, Actor actor) {
        StoredUptimeCheck before = one(actor, id);
        audit.doInTransaction(() -> {
            checks.remove(id);
            record(
                    actor,
                    "uptime_check.deleted",
                    id,
                    before.settings().name(),
                    UptimeCheckRequest.recorded(before.projectSlug(), before.settings()),
                    null);
        });
    }

    /** Has a check made now by the next processor that is free. Its result is {@code last} within seconds. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/uptime-checks/{id}/run")
    UptimeCheckResponse run(@PathVariable long id, Actor actor) {
        StoredUptimeCheck check = one(actor, id);
        if (!check.settings().enabled()) {
            throw ApiException.conflict("enabled", "the check is not enabled");
        }
        checks.runNow(id, now());
        return answer(one(actor, id), actor);
    }

    /** Lists the results of the last 7 days, the newest first. */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/uptime-checks/{id}/results")
    PageResponse<UptimeResultResponse> results(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        Instant before = Cursor.datedPosition(cursor).at();
        int most = Cursor.limit(limit);
        one(actor, id);
        return PageResponse.of(
                queries.results(id, before, most), UptimeResultResponse::of, last -> Cursor.write(last.at(), 0));
    }

    private StoredUptimeCheck one(Actor actor, long id) {
        return checks.find(id)
                .filter(check -> projects.of(actor).contains(check.projectId()))
                .orElseThrow(() -> ApiException.notFound("uptime check", id));
    }

    private UptimeCheckResponse answer(StoredUptimeCheck check, Actor actor) {
        return history.of(List.of(check), actor).getFirst();
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
