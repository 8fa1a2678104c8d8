package dev.resentry.query.stats;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.rollup.IssueTag;
import dev.resentry.storage.rollup.IssueTimeline;
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
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** When the events of an issue happened, to how many users, and with which tags. */
@NativeApi
@Tag(name = "Statistics")
class IssueStatsController {
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(100);
    private static final int USUAL_VALUES = 10;
    private static final int MOST_VALUES = 100;

    private final RollupQueries rollups;
    private final IssueQueries issues;
    private final ProjectAccess access;
    private final InstantSource clock;

    IssueStatsController(RollupQueries rollups, IssueQueries issues, ProjectAccess access, InstantSource clock) {
        this.rollups = rollups;
        this.issues = issues;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Events and users of an issue by hour, by the events' own time.
     *
     * @param users how many users the events of all the hours happened to: exact up to 256, then within about 1.2 %
     * @param hours the hours that have events, the earliest first
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "IssueStats")
    record IssueStatsResponse(Instant from, Instant to, long events, long users, List<Hour> hours) {
        @JsonNaming(SnakeCaseStrategy.class)
        @Schema(name = "IssueStatsHour")
        record Hour(Instant hour, long events, long users) {}

        static IssueStatsResponse of(TimeRange range, IssueTimeline timeline) {
            return new IssueStatsResponse(
                    range.from(),
                    range.to(),
                    timeline.events(),
                    timeline.users(),
                    timeline.hours().stream()
                            .map(hour -> new Hour(hour.hour(), hour.events(), hour.users()))
                            .toList());
        }
    }

    /**
     * A tag key of an issue. Level, environment and release are among the keys.
     *
     * @param events how many events have it
     * @param values the values with the most events, the most first; a key has at most 1,000 values that are counted apart
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "IssueTag")
    record IssueTagResponse(String key, long events, List<Value> values) {
        @JsonNaming(SnakeCaseStrategy.class)
        @Schema(name = "IssueTagValue")
        record Value(String value, long events, Instant lastSeen) {}

        static IssueTagResponse of(IssueTag tag) {
            return new IssueTagResponse(
                    tag.key(),
                    tag.events(),
                    tag.values().stream()
                            .map(value -> new Value(value.value(), value.events(), value.lastSeen()))
                            .toList());
        }
    }

    record IssueTagsResponse(List<IssueTagResponse> tags) {}

    /**
     * Shows the hours that begin in some time, the last day if none is given.
     *
     * @param environment only events of this one; empty for those without any
     */
    @GetMapping("/api/v1/issues/{id}/stats")
    @Allowed(Scope.EVENT_READ)
    IssueStatsResponse stats(
            @PathVariable long id,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            @RequestParam @Nullable String environment,
            Actor actor) {
        TimeRange range = TimeRange.of(from, to, clock.instant(), USUAL, LONGEST);
        requireIssue(id, actor);
        return IssueStatsResponse.of(range, rollups.issue(id, range.from(), range.to(), environment));
    }

    /**
     * Shows the tags of all events of an issue.
     *
     * @param values how many values of each key, 10 if not given
     */
    @GetMapping("/api/v1/issues/{id}/tags")
    @Allowed(Scope.EVENT_READ)
    IssueTagsResponse tags(@PathVariable long id, @RequestParam @Nullable Integer values, Actor actor) {
        int limit = values == null ? USUAL_VALUES : values;
        if (limit < 1 || limit > MOST_VALUES) {
            throw ApiException.invalid("values", "%d (expected: 1 to %d)".formatted(limit, MOST_VALUES));
        }
        requireIssue(id, actor);
        return new IssueTagsResponse(
                rollups.tags(id, limit).stream().map(IssueTagResponse::of).toList());
    }

    private void requireIssue(long id, Actor actor) {
        if (issues.find(id)
                .filter(issue -> access.of(actor).contains(issue.projectId()))
                .isEmpty()) {
            throw ApiException.notFound("issue", id);
        }
    }
}
