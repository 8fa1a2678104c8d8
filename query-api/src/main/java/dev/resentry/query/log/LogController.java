package dev.resentry.query.log;

import dev.resentry.model.log.LogLevel;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.error.RequestTimes;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.Page;
import dev.resentry.storage.log.LogFilter;
import dev.resentry.storage.log.LogId;
import dev.resentry.storage.log.LogOrder;
import dev.resentry.storage.log.LogPosition;
import dev.resentry.storage.log.LogQueries;
import dev.resentry.storage.log.LogQueries.LevelCount;
import dev.resentry.storage.log.StoredLog;
import dev.resentry.storage.search.BoundedReads;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Logs: lists by their own time, each one whole, and how many there are. */
@NativeApi
@Tag(name = "Logs")
class LogController {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final int USUAL_BARS = 60;
    private static final int MOST_BARS = 1_000;

    private final LogQueries logs;
    private final BoundedReads reads;
    private final Duration timeout;
    private final Searches searches;
    private final ProjectSelection projects;
    private final InstantSource clock;

    /** @param timeout how long a statement may take, with a query and without one */
    LogController(
            LogQueries logs,
            BoundedReads reads,
            Duration timeout,
            Searches searches,
            ProjectSelection projects,
            InstantSource clock) {
        this.logs = logs;
        this.reads = reads;
        this.timeout = timeout;
        this.searches = searches;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * Lists logs.
     *
     * @param project slugs or ids
     * @param environment an empty one is that of logs without any
     * @param trace 32 hex digits
     * @param query in the language of searches
     * @param start from which time on, by their own clock
     * @param end before which time
     * @param order newest (as without it) or oldest
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/logs")
    PageResponse<LogResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable @WordOf(LogLevel.class) List<String> level,
            @RequestParam @Nullable String trace,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable @Schema(allowableValues = {"newest", "oldest"}) String order,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        LogFilter filter = new LogFilterRequest(project, environment, level, trace, query, start, end)
                .of(actor, projects, searches);
        LogOrder way = order(order);
        LogPosition behind = cursor == null ? null : Cursor.read(cursor, LogController::position);
        int atMost = Cursor.limit(limit);
        Page<StoredLog> page = reads.within(timeout, () -> logs.list(filter, way, behind, atMost));
        return PageResponse.of(page, LogResponse::of, LogController::cursor);
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/logs/{id}")
    LogResponse get(@PathVariable String id, Actor actor) {
        return LogId.parse(id)
                .flatMap(parsed -> logs.find(parsed, projects.of(actor)))
                .map(LogResponse::of)
                .orElseThrow(() -> ApiException.notFound("log", id));
    }

    /**
     * Counts logs by level, in bars of equal length.
     *
     * @param project slugs or ids
     * @param environment an empty one is that of logs without any
     * @param trace 32 hex digits
     * @param query as of the list
     * @param start from which time on; an hour before the end, if there is none
     * @param end before which time; now, if there is none
     * @param interval how long a bar is, in seconds; without it there are about 60
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/logs/series")
    LogSeriesResponse series(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable @WordOf(LogLevel.class) List<String> level,
            @RequestParam @Nullable String trace,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable Integer interval,
            Actor actor) {
        RequestTimes.requireUsual("start", start);
        RequestTimes.requireUsual("end", end);
        Instant to = end == null ? clock.instant() : end;
        Instant from = start == null ? to.minus(USUAL) : start;
        LogFilter filter =
                new LogFilterRequest(project, environment, level, trace, query, from, to).of(actor, projects, searches);
        Duration each = interval == null ? usual(from, to) : Duration.ofSeconds(interval);
        if (each.isZero() || each.isNegative()) {
            throw ApiException.invalid("interval", "%d (expected: seconds, 1 or more)".formatted(interval));
        }
        Instant begin =
                Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), each.toSeconds()) * each.toSeconds());
        long bars = Math.ceilDiv(Duration.between(begin, to).toMillis(), each.toMillis());
        if (bars > MOST_BARS) {
            throw ApiException.invalid(
                    "interval", "%d bars (expected: at most %d, so longer ones)".formatted(bars, MOST_BARS));
        }
        List<LevelCount> counts = reads.within(timeout, () -> logs.bars(filter, begin, each));
        return LogSeriesResponse.of(begin, each, (int) bars, counts);
    }

    /** A length that people read easily. */
    private static Duration usual(Instant from, Instant to) {
        long least = Math.max(1, Duration.between(from, to).toSeconds() / USUAL_BARS);
        for (long seconds : new long[] {1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200}) {
            if (seconds >= least) {
                return Duration.ofSeconds(seconds);
            }
        }
        return Duration.ofDays(Math.ceilDiv(least, Duration.ofDays(1).toSeconds()));
    }

    private static LogOrder order(@Nullable String word) {
        return switch (word == null ? "newest" : word) {
            case "newest" -> LogOrder.NEWEST_FIRST;
            case "oldest" -> LogOrder.OLDEST_FIRST;
            default -> throw ApiException.invalid("order", "'%s' (expected: newest or oldest)".formatted(word));
        };
    }

    private static String cursor(StoredLog last) {
        return Cursor.write(last.occurredAt(), last.sequence() + "." + last.id());
    }

    private static LogPosition position(Instant at, String id) {
        int dot = id.indexOf('.');
        return new LogPosition(
                at,
                Long.parseLong(id.substring(0, Math.max(dot, 0))),
                LogId.parse(id.substring(dot + 1)).orElseThrow(() -> new IllegalArgumentException("no log: " + id)));
    }
}
