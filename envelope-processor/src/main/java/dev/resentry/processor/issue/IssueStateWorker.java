package dev.resentry.processor.issue;

import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.issue.state.IssueStateSweep;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Has done to issues what time does. Every processor does so; what one has done is not there for another. */
final class IssueStateWorker implements SmartLifecycle {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final IssueStateSweep sweep;
    private final InstantSource clock;
    private volatile @Nullable RetryingWorker worker;

    IssueStateWorker(IssueStateSweep sweep, InstantSource clock) {
        this.sweep = sweep;
        this.clock = clock;
    }

    @Override
    public void start() {
        var started = new RetryingWorker(
                "issue-states",
                "Issues stay ignored, new or unresolved longer than they should",
                EVERY,
                Backoff.fixed(EVERY),
                () -> sweep.run(clock.instant().truncatedTo(ChronoUnit.MICROS), () -> !isRunning()));
        worker = started;
        started.start();
    }

    @Override
    public void stop() {
        RetryingWorker current = worker;
        if (current != null) {
            // A transaction that is interrupted is rolled back; the next turn does it again.
            current.stop(STOP_WITHIN);
        }
    }

    @Override
    public boolean isRunning() {
        RetryingWorker current = worker;
        return current != null && !current.isStopping();
    }
}
