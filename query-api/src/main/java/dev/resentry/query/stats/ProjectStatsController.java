package dev.resentry.query.stats;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.rollup.ProjectTimeline;
import dev.resentry.storage.rollup.Resolution;
import dev.resentry.storage.rollup.RollupQueries;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** When the events of a project happened. */
@NativeApi
@Tag(name = "Statistics")
class ProjectStatsController {
    private final RollupQueries rollups;
    private final ProjectStore projects;
    private final ProjectAccess access;
    private final InstantSource clock;

    ProjectStatsController(RollupQueries rollups, ProjectStore projects, ProjectAccess access, InstantSource clock) {
        this.rollups = rollups;
        this.projects = projects;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Events of a project by minute or hour, by the events' own time.
     *
     * @param buckets the minutes or hours that have events, the earliest first
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ProjectStats")
    record ProjectStatsResponse(Instant from, Instant to, String resolution, long events, List<Bucket> buckets) {
        /**
         * A minute or an hour.
         *
         * @param levels how many of the events have each level
         */
        @JsonNaming(SnakeCaseStrategy.class)
        @Schema(name = "ProjectStatsBucket")
        record Bucket(Instant at, long events, Map<String, Long> levels) {}

        static ProjectStatsResponse of(TimeRange range, String resolution, ProjectTimeline timeline) {
            return new ProjectStatsResponse(
                    range.from(),
                    range.to(),
                    resolution,
                    timeline.events(),
                    timeline.buckets().stream()
                            .map(bucket -> new Bucket(bucket.at(), bucket.events(), bucket.levels()))
                            .toList());
        }
    }

    /**
     * Shows the minutes or hours that begin in some time: by minute the last hour and at most 48 hours, as long as minutes are
     * kept; by hour the last day and at most 100 days.
     *
     * @param resolution minute or hour; hour if not given
     * @param environment only events of this one; empty for those without any
     */
    @GetMapping("/api/v1/projects/{id}/stats")
    @Allowed(Scope.EVENT_READ)
    ProjectStatsResponse stats(
            @PathVariable long id,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            @RequestParam(defaultValue = "hour")
                    @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {"minute", "hour"},
                                            defaultValue = "hour"))
                    String resolution,
            @RequestParam @Nullable String environment,
            Actor actor) {
        Resolution parsed = switch (resolution) {
            case "minute" -> Resolution.MINUTE;
            case "hour" -> Resolution.HOUR;
            default ->
                throw ApiException.invalid("resolution", "'%s' (expected: minute or hour)".formatted(resolution));
        };
        TimeRange range = switch (parsed) {
            case MINUTE -> TimeRange.of(from, to, clock.instant(), Duration.ofHours(1), Resolution.MINUTES_KEPT);
            case HOUR -> TimeRange.of(from, to, clock.instant(), Duration.ofDays(1), Duration.ofDays(100));
        };
        access.require(actor, id);
        if (projects.find(id).isEmpty()) {
            throw ApiException.notFound("project", id);
        }
        return ProjectStatsResponse.of(
                range, resolution, rollups.project(id, parsed, range.from(), range.to(), environment));
    }
}
