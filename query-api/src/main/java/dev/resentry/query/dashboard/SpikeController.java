package dev.resentry.query.dashboard;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.spike.Spike;
import dev.resentry.storage.spike.SpikeQueries;
import dev.resentry.storage.spike.SpikeQueries.SpikeFilter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Times in which there were far more events than usual, the newest first. */
@NativeApi
@Tag(name = "Dashboard")
class SpikeController {
    private final SpikeQueries spikes;
    private final ProjectSelection projects;

    SpikeController(SpikeQueries spikes, ProjectSelection projects) {
        this.spikes = spikes;
        this.projects = projects;
    }

    /**
     * A spike.
     *
     * @param projectSlug whose it is
     * @param issueId null for the whole project
     * @param title of the issue
     * @param startedAt the first minute that had too many events
     * @param lastAt the last one
     * @param endedAt when it had been quiet for 15 minutes; null while it lasts
     * @param per in what {@code peak}, {@code usual} and {@code threshold} count: minute for a project, hour for an issue
     * @param shortHistory whether there was too little before it to know what is usual
     * @param issueCause the issue whose events grew most; of a project, once it is known
     * @param releaseCause the release whose events grew most; likewise
     * @param limitPerMinute the limit of spike protection, while it is set
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "Spike")
    record SpikeResponse(
            long id,
            long projectId,
            String projectSlug,
            @Nullable Long issueId,
            @Nullable String title,
            Instant startedAt,
            Instant lastAt,
            @Nullable Instant endedAt,
            String per,
            long peak,
            long usual,
            long threshold,
            boolean shortHistory,
            @Nullable IssueCause issueCause,
            @Nullable ReleaseCause releaseCause,
            @Nullable Long limitPerMinute) {

        /**
         * An issue.
         *
         * @param title null if it is gone
         * @param events in the hours of the spike
         * @param usual in as many hours of the week before
         */
        @JsonNaming(SnakeCaseStrategy.class)
        @Schema(name = "SpikeIssueCause")
        record IssueCause(long issueId, @Nullable String title, long events, long usual) {}

        /**
         * A release.
         *
         * @param events in the hours of the spike
         * @param usual in as many hours of the week before
         */
        @Schema(name = "SpikeReleaseCause")
        record ReleaseCause(String version, long events, long usual) {}

        static SpikeResponse of(Spike spike) {
            Spike.IssueCause issue = spike.issueCause();
            Spike.ReleaseCause release = spike.releaseCause();
            return new SpikeResponse(
                    spike.id(),
                    spike.projectId(),
                    spike.project(),
                    spike.issueId(),
                    spike.title(),
                    spike.startedAt(),
                    spike.lastAt(),
                    spike.endedAt(),
                    spike.issueId() == null ? "minute" : "hour",
                    spike.peak(),
                    spike.usual(),
                    spike.threshold(),
                    spike.hasShortHistory(),
                    issue == null
                            ? null
                            : new IssueCause(issue.issueId(), issue.title(), issue.events(), issue.usual()),
                    release == null ? null : new ReleaseCause(release.version(), release.events(), release.usual()),
                    spike.limitPerMinute());
        }
    }

    /**
     * Lists spikes of projects and issues.
     *
     * @param project slugs or ids
     * @param issue only those of an issue, by its id; 0 for those of projects
     * @param open true for those that last, false for those that are over
     * @param start none that ended before
     * @param end none that began then or later
     */
    @GetMapping("/api/v1/spikes")
    @Allowed(Scope.EVENT_READ)
    PageResponse<SpikeResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable Long issue,
            @RequestParam @Nullable Boolean open,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        if (start != null && end != null && !start.isBefore(end)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(start, end));
        }
        var filter = new SpikeFilter(projects.of(actor, project), issue, open, start, end);
        return PageResponse.of(
                spikes.list(filter, Cursor.datedPosition(cursor), Cursor.limit(limit)),
                SpikeResponse::of,
                last -> Cursor.write(last.startedAt(), last.id()));
    }
}
