package dev.resentry.query.uptime;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.uptime.StoredUptimeCheck;
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
    private final UptimeChanges changes;
    private final ProjectSelection projects;
    private final InstantSource clock;

    UptimeController(
            UptimeStore checks,
            UptimeQueries queries,
            UptimeHistory history,
            UptimeChanges changes,
            ProjectSelection projects,
            InstantSource clock) {
        this.checks = checks;
        this.queries = queries;
        this.history = history;
        this.changes = changes;
        this.projects = projects;
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
        return answer(changes.one(actor, id), actor);
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
        return answer(changes.add(actor, project, request.settings()), actor);
    }

    /** Replaces what is said of a check, and has it made at once. */
    @Allowed(Scope.ALERTS_WRITE)
    @PutMapping("/api/v1/uptime-checks/{id}")
    UptimeCheckResponse replace(@PathVariable long id, @Valid @RequestBody UptimeCheckRequest request, Actor actor) {
        StoredUptimeCheck before = changes.one(actor, id);
        if (request.project() != null && projects.one(actor, request.project()).id() != before.projectId()) {
            throw ApiException.invalid(
                    "project", "it cannot be changed (expected: %s)".formatted(before.projectSlug()));
        }
        return answer(changes.replace(actor, before, request.settings()), actor);
    }

    /** Deletes a check with its results. An issue of it stays. */
    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping("/api/v1/uptime-checks/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id, Actor actor) {
        changes.remove(actor, changes.one(actor, id));
    }

    /** Has a check made now by the next processor that is free. Its result is {@code last} within seconds. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/uptime-checks/{id}/run")
    UptimeCheckResponse run(@PathVariable long id, Actor actor) {
        StoredUptimeCheck check = changes.one(actor, id);
        if (!check.settings().enabled()) {
            throw ApiException.conflict("enabled", "the check is not enabled");
        }
        checks.runNow(id, now());
        return answer(changes.one(actor, id), actor);
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
        changes.one(actor, id);
        return PageResponse.of(
                queries.results(id, before, most), UptimeResultResponse::of, last -> Cursor.write(last.at(), 0));
    }

    private UptimeCheckResponse answer(StoredUptimeCheck check, Actor actor) {
        return history.of(List.of(check), actor).getFirst();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
