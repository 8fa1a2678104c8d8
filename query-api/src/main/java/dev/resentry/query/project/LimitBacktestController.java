package dev.resentry.query.project;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.rollup.ProjectTimeline;
import dev.resentry.storage.rollup.Resolution;
import dev.resentry.storage.rollup.RollupQueries;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What a limit would have done, before it is set. */
@NativeApi
@Tag(name = "Projects")
class LimitBacktestController {
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 30;
    private static final long MOST_SECONDS = 86_400;
    private static final long MOST = 1_000_000_000L;

    private final RollupQueries rollups;
    private final ProjectAccess access;
    private final InstantSource clock;

    LimitBacktestController(RollupQueries rollups, ProjectAccess access, InstantSource clock) {
        this.rollups = rollups;
        this.access = access;
        this.clock = clock;
    }

    /**
     * What a limit of errors would have refused of those that were taken.
     *
     * @param exactFrom since when events are counted by minute; of earlier hours it is the least that would have been refused
     * @param windows in how many windows something would have been refused
     * @param hours the hours that have events, the earliest first
     * @param worst the windows in which most would have been refused, at most 20; before {@code exact_from}, hours for shorter windows
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "LimitBacktest")
    record BacktestResponse(
            Instant from,
            Instant to,
            Instant exactFrom,
            long events,
            long rejected,
            long windows,
            List<Part> hours,
            List<Part> worst) {
        @Schema(name = "LimitBacktestPart")
        record Part(Instant at, long events, long rejected) {}
    }

    /**
     * Tries a limit on the events of the last days.
     *
     * @param limit how many events go through in each window
     * @param window its length in seconds, 60 if it is not given
     * @param days how many days are looked back, 7 if they are not given
     */
    @GetMapping("/api/v1/projects/{id}/limits/backtest")
    @Allowed(Scope.PROJECT_READ)
    BacktestResponse backtest(
            @PathVariable long id,
            @RequestParam long limit,
            @RequestParam @Nullable Long window,
            @RequestParam @Nullable Integer days,
            Actor actor) {
        long seconds = window == null ? 60 : window;
        int back = days == null ? USUAL_DAYS : days;
        require("limit", limit, 0, MOST);
        require("window", seconds, 1, MOST_SECONDS);
        require("days", back, 1, MOST_DAYS);
        access.require(actor, id);
        Instant now = clock.instant();
        Instant from = now.minus(back, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        Instant minutesFrom =
                now.minus(Resolution.MINUTES_KEPT).plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
        Instant exactFrom = minutesFrom.isAfter(from) ? minutesFrom : from;
        LimitBacktest backtest = LimitBacktest.of(
                limit,
                Duration.ofSeconds(seconds),
                counts(rollups.project(id, Resolution.HOUR, from, exactFrom, null)),
                counts(rollups.project(id, Resolution.MINUTE, exactFrom, now, null)));
        return new BacktestResponse(
                from,
                now,
                exactFrom,
                backtest.hours().stream().mapToLong(LimitBacktest.Hour::events).sum(),
                backtest.hours().stream()
                        .mapToLong(LimitBacktest.Hour::rejected)
                        .sum(),
                backtest.windows(),
                backtest.hours().stream()
                        .map(hour -> new BacktestResponse.Part(hour.at(), hour.events(), hour.rejected()))
                        .toList(),
                backtest.worst().stream()
                        .map(one -> new BacktestResponse.Part(one.at(), one.events(), one.rejected()))
                        .toList());
    }

    private static Map<Instant, Long> counts(ProjectTimeline timeline) {
        return timeline.buckets().stream()
                .collect(Collectors.toMap(ProjectTimeline.Bucket::at, ProjectTimeline.Bucket::events));
    }

    private static void require(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw ApiException.invalid(field, "%d (expected: %d to %d)".formatted(value, least, most));
        }
    }
}
