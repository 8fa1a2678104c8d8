package dev.resentry.processor.issue;

import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.issue.state.IssueStateSweep;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Has done to issues what time does. Every processor does so; what one has done is not there for another. */
final class IssueStateWorker extends BackgroundWork {
    private static final Duration EVERY = Duration.ofSeconds(10);
    /** A transaction that is interrupted is rolled back; the next run does it again. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final IssueStateSweep sweep;
    private final InstantSource clock;

    IssueStateWorker(IssueStateSweep sweep, InstantSource clock) {
        super(STOP_WITHIN);
        this.sweep = sweep;
        this.clock = clock;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "issue-states",
                "Issues stay ignored, new or unresolved longer than they should",
                EVERY,
                Backoff.fixed(EVERY),
                () -> sweep.run(clock.instant().truncatedTo(ChronoUnit.MICROS), () -> !isRunning()));
    }
}
