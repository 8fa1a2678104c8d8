package dev.resentry.processor.replay;

import dev.resentry.processor.replay.ReplayState.Phase;
import dev.resentry.processor.replay.ReplayState.RollupCursor;
import dev.resentry.storage.replay.ReplayedIssueNotes;
import dev.resentry.storage.replay.ReplayedIssueNotes.TouchedProject;
import dev.resentry.storage.rollup.RollupRebuild;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes the roll-ups of what a replay touched again, step by step. */
final class RollupPhase {
    private static final int ISSUES = 100;
    private static final int EXAMPLES = 20;
    private static final Duration SLICE = Duration.ofDays(7);
    private static final long STEP_NANOS = Duration.ofSeconds(5).toNanos();

    private final ReplayedIssueNotes notes;
    private final RollupRebuild rollups;

    RollupPhase(ReplayedIssueNotes notes, RollupRebuild rollups) {
        this.notes = notes;
        this.rollups = rollups;
    }

    /** Notes how many issues changed, for the result. */
    ReplayState counted(long jobId, ReplayState state) {
        return state.withIssues(notes.count(jobId), notes.examples(jobId, EXAMPLES));
    }

    /** Some issues; behind the last one come their projects. */
    ReplayState issues(long jobId, ReplayState state) {
        long begin = System.nanoTime();
        List<Long> issues = notes.toRebuild(jobId, ISSUES);
        if (issues.isEmpty()) {
            return state.with(Phase.PROJECTS);
        }
        int rebuilt = 0;
        for (long issue : issues) {
            if (System.nanoTime() - begin > STEP_NANOS) {
                break;
            }
            // An issue that is gone meanwhile needs none.
            var _ = rollups.rebuildIssue(issue);
            notes.markRebuilt(jobId, issue);
            rebuilt++;
        }
        return state.with(state.rollups(), rebuilt);
    }

    /** Some days of a project; behind the last one the replay is done. */
    ReplayState projects(long jobId, ReplayState state) {
        List<TouchedProject> projects = notes.projects(jobId, state.rollups().project());
        if (projects.isEmpty()) {
            return state.with(Phase.DONE);
        }
        TouchedProject project = projects.getFirst();
        Instant at = state.rollups().at();
        Instant from = at == null ? project.firstAt() : at;
        Instant next = from.plus(SLICE);
        if (next.isAfter(project.lastAt())) {
            var _ = rollups.rebuildProject(project.id(), from, project.lastAt())
                    && rollups.rebuildTransactions(project.id(), from, project.lastAt());
            return state.with(new RollupCursor(project.id(), null), 0);
        }
        var _ = rollups.rebuildProject(project.id(), from, next)
                && rollups.rebuildTransactions(project.id(), from, next);
        return state.with(new RollupCursor(state.rollups().project(), next), 0);
    }

    /** Has the notes removed, once the result is known. */
    void forget(long jobId) {
        notes.forget(jobId);
    }
}
