package dev.resentry.processor.retention;

import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.expiry.ExpiryRun;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Has what has expired removed. Every processor asks often; a run happens once in {@link ExpiryRun#EVERY} in all of them together. */
final class ExpiryWorker implements SmartLifecycle {
    private static final Duration ASK_EVERY = Duration.ofMinutes(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final ExpiryRun expiry;
    private final InstantSource clock;
    private volatile @Nullable RetryingWorker worker;

    ExpiryWorker(ExpiryRun expiry, InstantSource clock) {
        this.expiry = expiry;
        this.clock = clock;
    }

    @Override
    public void start() {
        var started = new RetryingWorker(
                "expiry",
                "What has expired stays",
                ASK_EVERY,
                Backoff.fixed(ASK_EVERY),
                () -> expiry.run(clock.instant(), () -> !isRunning()));
        worker = started;
        started.start();
    }

    @Override
    public void stop() {
        RetryingWorker current = worker;
        if (current != null) {
            // A transaction that is interrupted is rolled back; the next run does it again.
            current.stop(STOP_WITHIN);
        }
    }

    @Override
    public boolean isRunning() {
        RetryingWorker current = worker;
        return current != null && !current.isStopping();
    }
}
