package dev.resentry.storage.regroup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project's events of some time, put under other rules of grouping, or made readable by source maps.
 *
 * @param releases of a regroup by source maps: whose events they fit; empty texts for events without a release
 * @param from events that arrived then or later
 * @param until of the preview: events that arrived before
 * @param strategy the id of the rules that hold for all projects
 * @param former the project's rules that the preview is held against, and that an undoing brings back
 * @param events how many of them were looked at so far
 * @param readableEvents how many of them source maps changed
 * @param sums null until the preview is done
 * @param done how many events its job is through with, in its present state
 * @param total how many there are to go through, an estimate
 * @param jobId the job of its present state, or of its last one
 * @param createdBy an e-mail address
 * @param appliedAt from when on its rules were the project's
 * @param standing what else there is of the project
 */
public record Regroup(
        long id,
        long projectId,
        RegroupCause cause,
        List<String> releases,
        RegroupState state,
        Instant from,
        Instant until,
        String strategy,
        Rules rules,
        Rules former,
        long events,
        long readableEvents,
        @Nullable Sums sums,
        @Nullable String failure,
        long done,
        long total,
        long jobId,
        Instant createdAt,
        String createdBy,
        @Nullable Instant appliedAt,
        @Nullable Instant undoneAt,
        Standing standing) {

    public Regroup {
        releases = List.copyOf(releases);
    }

    /** The texts of a project's rules; empty for none. */
    public record Rules(String fingerprints, String stacktraces) {}

    /**
     * What becomes of issues.
     *
     * @param issuesBefore in how many the events are
     * @param issuesAfter in how many they will be
     * @param merged how many issues go
     * @param split how many there will be besides those that there are
     */
    public record Sums(long issuesBefore, long issuesAfter, long merged, long split) {}

    /**
     * What decides whether it can be applied or undone, besides its state.
     *
     * @param formerRulesHold whether the project's rules are those from before it
     * @param ownRulesHold whether they are its own
     * @param othersUnderWay whether a job works on another regroup of the project
     * @param isLatest whether none was applied after it that still is
     * @param isOutdated whether source maps have changed events since it was begun
     */
    public record Standing(
            boolean formerRulesHold,
            boolean ownRulesHold,
            boolean othersUnderWay,
            boolean isLatest,
            boolean isOutdated) {}

    public boolean canBeApplied() {
        return state == RegroupState.PREVIEWED
                && standing.formerRulesHold()
                && !standing.othersUnderWay()
                && !standing.isOutdated();
    }

    /** Whether it changed something that is still so. */
    public boolean isInEffect() {
        return appliedAt != null && (state == RegroupState.APPLIED || state == RegroupState.FAILED);
    }

    public boolean canBeUndone() {
        // One whose undoing was given up may have the former rules already.
        boolean rulesHold = undoneAt == null ? standing.ownRulesHold() : standing.formerRulesHold();
        return isInEffect() && rulesHold && standing.isLatest() && !standing.othersUnderWay();
    }
}
