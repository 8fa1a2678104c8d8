package dev.resentry.query.performance;

import static java.util.stream.Collectors.joining;

import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.dashboard.DashboardRange;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.dashboard.DashboardWindow;
import dev.resentry.storage.performance.Endpoint;
import dev.resentry.storage.performance.EndpointIssue;
import dev.resentry.storage.performance.EndpointQueries;
import dev.resentry.storage.performance.EndpointSamples;
import dev.resentry.storage.performance.EndpointSelection;
import dev.resentry.storage.performance.SlowSpan;
import dev.resentry.storage.search.BoundedReads;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Endpoints: transactions by name, operation and method, how they fare, and what makes them slow. */
@NativeApi
@Tag(name = "Performance")
class EndpointController {
    private static final int SAMPLES = 20;
    private static final int SPANS = 20;
    private static final int ISSUES = 20;

    private final EndpointQueries endpoints;
    private final EndpointSamples samples;
    private final ProjectSelection projects;
    private final BoundedReads reads;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param timeout of each question to the database */
    EndpointController(
            EndpointQueries endpoints,
            EndpointSamples samples,
            ProjectSelection projects,
            BoundedReads reads,
            Duration timeout,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.samples = samples;
        this.projects = projects;
        this.reads = reads;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * A page of endpoints.
     *
     * @param from when the time begins that is counted: a minute, or an hour if minutes are not kept for it
     * @param comparedFrom when the time before begins; it ends at {@code from}
     * @param next what to send as {@code cursor} for the page behind this one; null if there is none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PerformanceEndpoints")
    record EndpointsResponse(
            Instant from,
            Instant to,
            Instant comparedFrom,
            List<EndpointResponse> results,
            @Nullable String next) {}

    /**
     * How an endpoint fares.
     *
     * @param name {@code <other>} for what has no row of its own, as an hour of a project has 5,000
     * @param op empty for none, as the method
     * @param before of the time of the same length before
     * @param trend how many times as long as before 95 of 100 transactions take at most; 1 if there is nothing to compare
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PerformanceEndpoint")
    record EndpointResponse(
            long projectId,
            String name,
            String op,
            String httpMethod,
            FiguresResponse now,
            FiguresResponse before,
            double trend) {
        static EndpointResponse of(Endpoint endpoint, Duration time, Duration timeBefore) {
            return new EndpointResponse(
                    endpoint.key().projectId(),
                    endpoint.key().name(),
                    endpoint.key().op(),
                    endpoint.key().httpMethod(),
                    FiguresResponse.of(endpoint.now(), time),
                    FiguresResponse.of(endpoint.before(), timeBefore),
                    endpoint.trend());
        }
    }

    /**
     * One endpoint.
     *
     * @param comparedFrom when the time before begins; it ends at {@code from}
     * @param intervalSeconds how long an interval is; the last one may be cut off
     * @param intervals those with transactions, the first first
     * @param slowest of the newest 5,000 transactions
     * @param spans what takes most time in the newest 200 transactions
     * @param issues of which events name the endpoint, among the newest 10,000 of the project
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PerformanceEndpointDetail")
    record DetailResponse(
            long projectId,
            String name,
            Instant from,
            Instant to,
            Instant comparedFrom,
            FiguresResponse now,
            FiguresResponse before,
            long intervalSeconds,
            List<IntervalResponse> intervals,
            List<SampleResponse> slowest,
            List<SpansResponse> spans,
            List<IssueResponse> issues) {}

    /** The transactions of an interval. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PerformanceInterval")
    record IntervalResponse(Instant at, FiguresResponse figures) {}

    /**
     * A transaction.
     *
     * @param id 32 hex digits, as the trace
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PerformanceSample")
    record SampleResponse(
            String id,
            String traceId,
            @Nullable String status,
            Instant startedAt,
            double durationMs,
            @Nullable String environment,
            @Nullable String release) {
        static SampleResponse of(EndpointSamples.Sample sample) {
            return new SampleResponse(
                    sample.id().toString(),
                    new EventId(sample.traceId()).toString(),
                    sample.status(),
                    sample.startedAt(),
                    sample.durationMs(),
                    sample.environment(),
                    sample.release());
        }
    }

    /**
     * The spans of one operation and description.
     *
     * @param transactions how many have such spans
     * @param share how much of the time of all looked-at transactions they take, from 0; spans within each other count each
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PerformanceSpans")
    record SpansResponse(
            @Nullable String op,
            @Nullable String description,
            long spans,
            long transactions,
            double totalMs,
            double p95,
            double share) {
        static SpansResponse of(SlowSpan span) {
            return new SpansResponse(
                    span.op(),
                    span.description(),
                    span.spans(),
                    span.transactions(),
                    span.totalMs(),
                    span.p95(),
                    span.share());
        }
    }

    /** An issue of an endpoint. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PerformanceIssue")
    record IssueResponse(long id, String title, String level, String status, long events, Instant lastSeen) {
        static IssueResponse of(EndpointIssue issue) {
            return new IssueResponse(
                    issue.id(), issue.title(), issue.level(), issue.status(), issue.events(), issue.lastSeen());
        }
    }

    /**
     * Lists the endpoints with transactions in some time, and how they fared in the time before it. Counted are ends of transactions, by
     * minute over the last day and by hour before that. Of more than 5,000 endpoints, those are listed that took most time.
     *
     * @param project slugs or ids
     * @param environment an empty one is of what has none
     * @param range 1h, 24h, 7d, 14d, 30d or 90d until now; 24h if nothing is given
     * @param start in place of a range
     * @param query what names have in them, whatever the case
     * @param sort time_spent, throughput, p50, p75, p95, p99, failure_rate or trend, each the greatest first; time_spent if nothing
     *     is given
     */
    @GetMapping("/api/v1/performance/transactions")
    @Allowed(Scope.EVENT_READ)
    EndpointsResponse endpoints(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String range,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable @WordOf(Endpoint.Sort.class) String sort,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        DashboardWindow window = DashboardRange.window(range, start, end, clock.instant());
        Endpoint.Sort order = sort(sort);
        VisibleProjects wanted = projects.of(actor, project);
        var behind = EndpointCursor.read(order, cursor);
        int most = Cursor.limit(limit);
        Page<Endpoint> page = reads.within(
                timeout,
                () -> endpoints.list(
                        wanted,
                        environments(environment),
                        window,
                        query == null || query.isBlank() ? null : query.strip(),
                        order,
                        behind,
                        most));
        List<Endpoint> found = page.entries();
        Duration time = Duration.between(window.from(), window.to());
        Duration before = Duration.between(window.before(), window.from());
        return new EndpointsResponse(
                window.from(),
                window.to(),
                window.before(),
                found.stream()
                        .map(one -> EndpointResponse.of(one, time, before))
                        .toList(),
                page.hasMore() ? EndpointCursor.write(order, found.getLast()) : null);
    }

    /**
     * Shows one endpoint: its figures over time, its slowest transactions, what takes their time, and its errors.
     *
     * @param project its slug or id
     * @param name the name of its transactions
     * @param op any if it is not given; empty for none
     * @param method any if it is not given; empty for none
     * @param environment an empty one is of what has none
     * @param range 1h, 24h, 7d, 14d, 30d or 90d until now; 24h if nothing is given
     * @param start in place of a range
     */
    @GetMapping("/api/v1/performance/transaction")
    @Allowed(Scope.EVENT_READ)
    DetailResponse endpoint(
            @RequestParam String project,
            @RequestParam String name,
            @RequestParam @Nullable String op,
            @RequestParam @Nullable String method,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String range,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            Actor actor) {
        DashboardWindow window = DashboardRange.window(range, start, end, clock.instant());
        long id = projects.one(actor, project).id();
        var selection = new EndpointSelection(id, name, op, method, environments(environment));
        EndpointQueries.Fare fare = reads.within(timeout, () -> endpoints.fare(selection, window));
        if (fare.now().transactions() == 0 && fare.before().transactions() == 0) {
            throw ApiException.notFound("transactions of this time with the name", name);
        }
        Instant from = window.from();
        Instant to = window.to();
        return new DetailResponse(
                id,
                name,
                from,
                to,
                window.before(),
                FiguresResponse.of(fare.now(), Duration.between(from, to)),
                FiguresResponse.of(fare.before(), Duration.between(window.before(), from)),
                window.interval().toSeconds(),
                fare.intervals().stream()
                        .map(one ->
                                new IntervalResponse(one.at(), FiguresResponse.of(one.figures(), window.interval())))
                        .toList(),
                reads.within(timeout, () -> samples.slowest(selection, from, to, SAMPLES)).stream()
                        .map(SampleResponse::of)
                        .toList(),
                reads.within(timeout, () -> samples.slowestSpans(selection, from, to, SPANS)).stream()
                        .map(SpansResponse::of)
                        .toList(),
                reads.within(timeout, () -> samples.issues(selection, from, to, ISSUES)).stream()
                        .map(IssueResponse::of)
                        .toList());
    }

    private static Endpoint.Sort sort(@Nullable String sort) {
        return sort == null
                ? Endpoint.Sort.TIME_SPENT
                : Endpoint.Sort.of(sort)
                        .orElseThrow(() -> ApiException.invalid(
                                "sort",
                                "'%s' (expected: %s)"
                                        .formatted(
                                                sort,
                                                Stream.of(Endpoint.Sort.values())
                                                        .map(Endpoint.Sort::wireName)
                                                        .collect(joining(", ")))));
    }

    static @Nullable Set<String> environments(@Nullable List<String> wanted) {
        return wanted == null || wanted.isEmpty() ? null : Set.copyOf(wanted);
    }
}
