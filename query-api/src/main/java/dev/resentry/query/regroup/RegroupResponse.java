package dev.resentry.query.regroup;

import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.regroup.Regroup;
import dev.resentry.storage.regroup.RegroupCause;
import dev.resentry.storage.regroup.RegroupState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A project's events of some time, put under other rules of grouping, or made readable by source maps that came late.
 *
 * @param cause rules if somebody wants other ones; source_maps if source maps came that make stored events readable: the rules stay, and there
 *     is no preview
 * @param releases by source maps: of the events that they fit; empty texts for events without a release
 * @param readableEvents by source maps: how many events they made readable so far
 * @param from events that arrived then or later
 * @param until of the preview: events that arrived before
 * @param strategy the id of the rules that hold for all projects; events of an earlier one move to it
 * @param events how many events the preview is about; null until it is done, as are the next four
 * @param issuesBefore in how many issues they are
 * @param issuesAfter in how many they will be
 * @param merged how many issues go into others
 * @param split how many new issues there will be
 * @param failure why it is not tried any more
 * @param jobId the job of its present state, or of its last one
 * @param canApply whether it may be applied: it is previewed, the project's rules are as they were then, source maps have
 *     changed no event since, and no other one is under way
 * @param canUndo whether it may be undone: it is the last one that was applied, its rules are the project's, and no other one is under
 *     way
 * @param appliedAt from when on its rules were the project's
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Regroup")
record RegroupResponse(
        long id,
        long projectId,
        @WordOf(RegroupCause.class) String cause,
        List<String> releases,
        long readableEvents,
        @WordOf(RegroupState.class) String state,
        Instant from,
        Instant until,
        String strategy,
        String fingerprintRules,
        String stacktraceRules,
        @Nullable Long events,
        @Nullable Long issuesBefore,
        @Nullable Long issuesAfter,
        @Nullable Long merged,
        @Nullable Long split,
        @Nullable String failure,
        Progress progress,
        long jobId,
        boolean canApply,
        boolean canUndo,
        Instant createdAt,
        String createdBy,
        @Nullable Instant appliedAt,
        @Nullable Instant undoneAt) {

    /**
     * How far a regroup is in its present state, in events.
     *
     * @param total an estimate; null if there is nothing to do
     */
    @Schema(name = "RegroupProgress")
    record Progress(long done, @Nullable Long total) {}

    static RegroupResponse of(Regroup regroup) {
        Regroup.Sums sums = regroup.sums();
        return new RegroupResponse(
                regroup.id(),
                regroup.projectId(),
                regroup.cause().wireName(),
                regroup.releases(),
                regroup.readableEvents(),
                regroup.state().wireName(),
                regroup.from(),
                regroup.until(),
                regroup.strategy(),
                regroup.rules().fingerprints(),
                regroup.rules().stacktraces(),
                sums == null ? null : regroup.events(),
                sums == null ? null : sums.issuesBefore(),
                sums == null ? null : sums.issuesAfter(),
                sums == null ? null : sums.merged(),
                sums == null ? null : sums.split(),
                regroup.failure(),
                new Progress(
                        regroup.done(),
                        regroup.state().isUnderWay() ? Math.max(regroup.done(), regroup.total()) : null),
                regroup.jobId(),
                regroup.canBeApplied(),
                regroup.canBeUndone(),
                regroup.createdAt(),
                regroup.createdBy(),
                regroup.appliedAt(),
                regroup.undoneAt());
    }
}
