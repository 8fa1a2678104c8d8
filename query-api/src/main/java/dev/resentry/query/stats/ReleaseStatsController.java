package dev.resentry.query.stats;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.release.ReleaseSelection;
import dev.resentry.storage.release.StoredRelease;
import dev.resentry.storage.rollup.ReleaseHour;
import dev.resentry.storage.rollup.RollupQueries;
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

/** When the events of a release happened. */
@NativeApi
@Tag(name = "Statistics")
class ReleaseStatsController {
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(100);

    private final RollupQueries rollups;
    private final ReleaseSelection selection;
    private final InstantSource clock;

    ReleaseStatsController(RollupQueries rollups, ReleaseSelection selection, InstantSource clock) {
        this.rollups = rollups;
        this.selection = selection;
        this.clock = clock;
    }

    /**
     * Events of a release by hour, by the events' own time.
     *
     * @param hours the hours that have events, the earliest first
     */
    @Schema(name = "ReleaseStats")
    record ReleaseStatsResponse(Instant from, Instant to, long events, List<Hour> hours) {
        @Schema(name = "ReleaseStatsHour")
        record Hour(Instant hour, long events) {}

        static ReleaseStatsResponse of(TimeRange range, List<ReleaseHour> hours) {
            return new ReleaseStatsResponse(
                    range.from(),
                    range.to(),
                    hours.stream().mapToLong(ReleaseHour::events).sum(),
                    hours.stream()
                            .map(hour -> new Hour(hour.hour(), hour.events()))
                            .toList());
        }
    }

    /**
     * Shows the hours that begin in some time, the last day if none is given.
     *
     * @param environment in which events are counted; absent for all, empty for events without one
     */
    @GetMapping("/api/v1/releases/{id}/stats")
    @Allowed(Scope.PROJECT_READ)
    ReleaseStatsResponse stats(
            @PathVariable long id,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            @RequestParam @Nullable List<String> environment,
            Actor actor) {
        TimeRange range = TimeRange.of(from, to, clock.instant(), USUAL, LONGEST);
        StoredRelease release = selection.one(actor, id);
        return ReleaseStatsResponse.of(
                range,
                rollups.release(
                        release.project().id(),
                        release.version(),
                        range.from(),
                        range.to(),
                        ReleaseSelection.environmentsOf(environment)));
    }
}
