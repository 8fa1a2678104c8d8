package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.monitor.MonitorQueries;
import dev.resentry.storage.monitor.MonitorQueries.ListedCheckIn;
import dev.resentry.storage.monitor.MonitorQueries.Span;
import dev.resentry.storage.monitor.MonitorStore;
import dev.resentry.storage.monitor.StoredCheckIn;
import dev.resentry.storage.monitor.StoredMonitor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Monitors of crons and their check-ins. */
@SentryApi
class SentryMonitorController {
    private static final String OF_ORGANIZATION = "/api/0/organizations/{organization}/monitors";
    private static final String OF_PROJECT = "/api/0/projects/{organization}/{project}/monitors";
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_SPANS = 1_000;

    private final MonitorStore monitors;
    private final MonitorQueries queries;
    private final ProjectSelection projects;
    private final SentryMonitors named;
    private final SentrySelection where;
    private final InstantSource clock;

    SentryMonitorController(
            MonitorStore monitors,
            MonitorQueries queries,
            ProjectSelection projects,
            SentryMonitors named,
            SentrySelection where,
            InstantSource clock) {
        this.monitors = monitors;
        this.queries = queries;
        this.projects = projects;
        this.named = named;
        this.where = where;
        this.clock = clock;
    }

    /**
     * A run.
     *
     * @param duration in milliseconds
     */
    record CheckIn(
            String id,
            String environment,
            String status,
            @Nullable Long duration,
            Instant dateCreated,
            Instant dateAdded,
            @Nullable Instant dateUpdated,
            @Nullable Instant dateInProgress,
            @Nullable Instant expectedTime) {
        static CheckIn of(ListedCheckIn listed) {
            StoredCheckIn checkIn = listed.checkIn();
            return new CheckIn(
                    checkIn.id().toString(),
                    listed.environment(),
                    checkIn.status().wireName(),
                    checkIn.durationMs(),
                    checkIn.at(),
                    checkIn.at(),
                    checkIn.endedAt(),
                    checkIn.at(),
                    checkIn.expectedAt());
        }
    }

    /** @param ts when the span begins, in seconds */
    record Counts(long ts, long ok, long error, long missed, long timeout, double duration) {}

    @Allowed(
            value = Scope.ALERTS_READ,
            or = {Scope.PROJECT_READ, Scope.ORG_READ})
    @GetMapping(OF_ORGANIZATION)
    ResponseEntity<List<SentryMonitor>> list(
            @PathVariable String organization,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> projectSlug,
            @RequestParam @Nullable String query,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        where.organization(organization);
        return page(projects.of(actor, SentryIssues.named(project, projectSlug)), query, perPage, cursor);
    }

    @Allowed(
            value = Scope.ALERTS_READ,
            or = {Scope.PROJECT_READ, Scope.ORG_READ})
    @GetMapping(OF_PROJECT)
    ResponseEntity<List<SentryMonitor>> ofProject(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        return page(where.where(actor, organization, project), null, perPage, cursor);
    }

    private ResponseEntity<List<SentryMonitor>> page(
            VisibleProjects of, @Nullable String query, @Nullable Integer perPage, @Nullable String cursor) {
        int size = SentryLinks.size(perPage);
        Page<StoredMonitor> page = Page.ofOneMore(
                monitors.list(
                        of,
                        query == null ? "" : query.strip(),
                        Cursor.behindNumber(SentryLinks.cursor(cursor)),
                        size + 1),
                size);
        return SentryLinks.page(
                page.entries().stream().map(SentryMonitor::of).toList(),
                page.hasMore()
                        ? Cursor.write(
                                page.entries().getLast().createdAt(),
                                page.entries().getLast().id())
                        : null);
    }

    /** @param monitor its slug or id */
    @Allowed(
            value = Scope.ALERTS_READ,
            or = {Scope.PROJECT_READ, Scope.ORG_READ})
    @GetMapping({OF_ORGANIZATION + "/{monitor}", OF_PROJECT + "/{monitor}"})
    SentryMonitor get(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String monitor,
            Actor actor) {
        return SentryMonitor.of(named.one(actor, organization, project, monitor));
    }

    @Allowed(
            value = Scope.ALERTS_READ,
            or = {Scope.PROJECT_READ, Scope.ORG_READ})
    @GetMapping({OF_ORGANIZATION + "/{monitor}/checkins", OF_PROJECT + "/{monitor}/checkins"})
    ResponseEntity<List<CheckIn>> checkIns(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String monitor,
            @RequestParam @Nullable String environment,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        StoredMonitor found = named.one(actor, organization, project, monitor);
        Instant from = SentryWindow.of(statsPeriod, start, end, clock.instant()).from();
        Page<ListedCheckIn> page = queries.page(
                found.id(),
                environment == null || environment.isEmpty() ? null : environment,
                Cursor.position(SentryLinks.cursor(cursor)),
                SentryLinks.size(perPage));
        List<ListedCheckIn> inTime = page.entries().stream()
                .filter(one -> from == null || !one.checkIn().at().isBefore(from))
                .toList();
        // They come newest first, so behind one that is too old there is none that is wanted.
        return SentryLinks.page(
                inTime.stream().map(CheckIn::of).toList(),
                page.hasMore() && inTime.size() == page.entries().size()
                        ? Cursor.write(
                                inTime.getLast().checkIn().at(),
                                inTime.getLast().checkIn().id())
                        : null);
    }

    /**
     * Counts runs by how they went, in spans of equal length.
     *
     * @param since in seconds; a day ago if absent
     * @param resolution how long a span is, such as 3600s; an hour if absent
     */
    @Allowed(
            value = Scope.ALERTS_READ,
            or = {Scope.PROJECT_READ, Scope.ORG_READ})
    @GetMapping({OF_ORGANIZATION + "/{monitor}/stats", OF_PROJECT + "/{monitor}/stats"})
    List<Counts> stats(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String monitor,
            @RequestParam @Nullable String since,
            @RequestParam @Nullable String until,
            @RequestParam @Nullable String resolution,
            @RequestParam @Nullable String environment,
            Actor actor) {
        StoredMonitor found = named.one(actor, organization, project, monitor);
        Instant end = SentryWindow.time("until", until);
        Instant to = end == null ? clock.instant() : end;
        Instant begin = SentryWindow.time("since", since);
        Instant from = begin == null ? to.minus(USUAL) : begin;
        Duration each =
                resolution == null || resolution.isBlank() ? HOUR : SentryWindow.duration("resolution", resolution);
        long count = Math.ceilDiv(Duration.between(from, to).toSeconds(), each.toSeconds());
        if (count < 1 || count > MOST_SPANS) {
            throw ApiException.invalid("resolution", "%d spans (expected: 1 to %d)".formatted(count, MOST_SPANS));
        }
        Map<Integer, Span> spans = queries
                .spans(found.id(), environment == null || environment.isEmpty() ? null : environment, from, each, (int)
                        count)
                .stream()
                .collect(Collectors.toMap(Span::span, Function.identity()));
        List<Counts> counts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Span span = spans.getOrDefault(i, new Span(i, 0, 0, 0, 0, null));
            Long average = span.averageMs();
            counts.add(new Counts(
                    from.plus(each.multipliedBy(i)).getEpochSecond(),
                    span.ok(),
                    span.error(),
                    span.missed(),
                    span.timeout(),
                    average == null ? 0 : average));
        }
        return counts;
    }
}
