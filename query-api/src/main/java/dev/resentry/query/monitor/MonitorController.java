package dev.resentry.query.monitor;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.monitor.MonitorEnvironment;
import dev.resentry.storage.monitor.MonitorQueries;
import dev.resentry.storage.monitor.MonitorSettings;
import dev.resentry.storage.monitor.MonitorStore;
import dev.resentry.storage.monitor.StoredCheckIn;
import dev.resentry.storage.monitor.StoredMonitor;
import dev.resentry.storage.project.Project;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
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

/** Jobs that run by a schedule and check in, and what is made of their silence. */
@NativeApi
@Tag(name = "Crons")
class MonitorController {
    private static final int CELLS = 40;

    /** Of a list, so that monitors of many environments do not make it slow. */
    private static final int ENVIRONMENTS_LISTED = 10;

    private static final Duration MOST_STATS = Duration.ofDays(90);

    private final MonitorStore monitors;
    private final MonitorQueries queries;
    private final ProjectSelection projects;
    private final MonitorChanges changes;
    private final InstantSource clock;

    MonitorController(
            MonitorStore monitors,
            MonitorQueries queries,
            ProjectSelection projects,
            MonitorChanges changes,
            InstantSource clock) {
        this.monitors = monitors;
        this.queries = queries;
        this.projects = projects;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Lists monitors of projects, by name.
     *
     * @param project slugs or ids
     * @param words what name or slug have in them
     */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/monitors")
    PageResponse<MonitorResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String words,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        int most = Cursor.limit(limit);
        Page<StoredMonitor> page = Page.ofOneMore(
                monitors.list(
                        projects.of(actor, project),
                        words == null ? "" : words.strip(),
                        Cursor.behindNumber(cursor),
                        most + 1),
                most);
        Map<Long, List<StoredCheckIn>> newest = newest(page.entries(), ENVIRONMENTS_LISTED);
        return PageResponse.of(
                page,
                monitor -> MonitorResponse.of(monitor, newest),
                last -> Cursor.write(last.createdAt(), last.id()));
    }

    /**
     * Says what a schedule means, and when it is due next.
     *
     * @param type crontab or interval
     * @param value as in the settings of a monitor
     * @param timeZone such as Europe/Berlin; UTC if absent
     */
    @Allowed(Scope.ALERTS_READ)
    @Operation(operationId = "previewSchedule")
    @GetMapping("/api/v1/monitors/preview")
    SchedulePreviewResponse preview(
            @RequestParam String type,
            @RequestParam String value,
            @RequestParam(name = "time_zone") @Nullable String timeZone) {
        return SchedulePreviewResponse.of(
                MonitorRequest.schedule(type, value), MonitorRequest.zone(timeZone), clock.instant());
    }

    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/monitors/{id}")
    MonitorResponse get(@PathVariable long id, Actor actor) {
        return answer(changes.one(actor, id));
    }

    /** Adds a monitor. It waits for a first check-in, and misses none before. A project has at most 500. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/monitors")
    @ResponseStatus(HttpStatus.CREATED)
    MonitorResponse create(@Valid @RequestBody MonitorRequest request, Actor actor) {
        if (request.project() == null) {
            throw ApiException.invalid("project", "missing (expected: the slug or id of a project)");
        }
        if (request.slug() == null) {
            throw ApiException.invalid(
                    "slug", "missing (expected: 1 to %d characters)".formatted(MonitorSettings.MAX_SLUG));
        }
        Project project = projects.one(actor, request.project());
        return answer(
                changes.add(actor, project, request.settings(request.slug().strip())));
    }

    /** Replaces what is said of a monitor. A check-in that says something else of it later changes it again. */
    @Allowed(Scope.ALERTS_WRITE)
    @PutMapping("/api/v1/monitors/{id}")
    MonitorResponse replace(@PathVariable long id, @Valid @RequestBody MonitorRequest request, Actor actor) {
        StoredMonitor before = changes.one(actor, id);
        if (request.project() != null && projects.one(actor, request.project()).id() != before.projectId()) {
            throw ApiException.invalid(
                    "project", "it cannot be changed (expected: %s)".formatted(before.projectSlug()));
        }
        String slug = before.settings().slug();
        if (request.slug() != null && !request.slug().strip().equals(slug)) {
            throw ApiException.invalid("slug", "it cannot be changed (expected: %s)".formatted(slug));
        }
        return answer(changes.replace(actor, before, request.settings(slug)));
    }

    /** Deletes a monitor with its check-ins. An issue of it stays. A check-in that comes later makes it anew. */
    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping("/api/v1/monitors/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id, Actor actor) {
        changes.remove(actor, changes.one(actor, id));
    }

    /** Deletes an environment of a monitor with its check-ins: nothing is missed in it until something checks in again. */
    @Allowed(Scope.ALERTS_WRITE)
    @Operation(operationId = "deleteMonitorEnvironment")
    @DeleteMapping("/api/v1/monitors/{id}/environments/{environment}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteEnvironment(@PathVariable long id, @PathVariable String environment, Actor actor) {
        changes.removeEnvironment(actor, changes.one(actor, id), environment);
    }

    /**
     * Lists check-ins of a monitor, the newest first. They are kept as long as events are.
     *
     * @param environment of one environment only
     */
    @Allowed(Scope.ALERTS_READ)
    @Operation(operationId = "listCheckIns")
    @GetMapping("/api/v1/monitors/{id}/check-ins")
    PageResponse<CheckInResponse> checkIns(
            @PathVariable long id,
            @RequestParam @Nullable String environment,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        Position behind = Cursor.position(cursor);
        int most = Cursor.limit(limit);
        changes.one(actor, id);
        return PageResponse.of(
                queries.page(id, environment, behind, most),
                CheckInResponse::of,
                last -> Cursor.write(last.checkIn().at(), last.checkIn().id()));
    }

    /**
     * Counts the runs of a monitor by how they went, in spans of equal length up to now.
     *
     * @param environment of one environment only
     * @param hours how many hours back, 1 to 2160; 24 if absent
     * @param spans in how many parts, 1 to 200; 48 if absent
     */
    @Allowed(Scope.ALERTS_READ)
    @Operation(operationId = "getMonitorStats")
    @GetMapping("/api/v1/monitors/{id}/stats")
    MonitorStatsResponse stats(
            @PathVariable long id,
            @RequestParam @Nullable String environment,
            @RequestParam @Nullable Integer hours,
            @RequestParam @Nullable Integer spans,
            Actor actor) {
        long back = hours == null ? 24 : hours;
        int count = spans == null ? 48 : spans;
        if (back < 1 || back > MOST_STATS.toHours()) {
            throw ApiException.invalid("hours", "%d (expected: 1 to %d)".formatted(back, MOST_STATS.toHours()));
        }
        if (count < 1 || count > 200) {
            throw ApiException.invalid("spans", "%d (expected: 1 to 200)".formatted(count));
        }
        changes.one(actor, id);
        Duration each = Duration.ofSeconds(Math.max(60, Duration.ofHours(back).toSeconds() / count));
        Instant from = now().minus(each.multipliedBy(count));
        return MonitorStatsResponse.of(from, each, count, queries.spans(id, environment, from, each, count));
    }

    private MonitorResponse answer(StoredMonitor monitor) {
        return MonitorResponse.of(monitor, newest(List.of(monitor), Integer.MAX_VALUE));
    }

    private Map<Long, List<StoredCheckIn>> newest(List<StoredMonitor> of, int environments) {
        return queries.newest(
                of.stream()
                        .flatMap(monitor -> monitor.environments().stream().limit(environments))
                        .map(MonitorEnvironment::id)
                        .toList(),
                CELLS);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
