package dev.resentry.processor.retention;

import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.expiry.ExpiryRun;
import java.time.Duration;
import java.time.InstantSource;

/** Has what has expired removed. Every processor asks often; a run happens once in {@link ExpiryRun#EVERY} in all of them together. */
final class ExpiryWorker extends BackgroundWork {
    private static final Duration ASK_EVERY = Duration.ofMinutes(1);
    /** A transaction that is interrupted is rolled back; the next run does it again. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final ExpiryRun expiry;
    private final InstantSource clock;

    ExpiryWorker(ExpiryRun expiry, InstantSource clock) {
        super(STOP_WITHIN);
        this.expiry = expiry;
        this.clock = clock;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "expiry",
                "What has expired stays",
                ASK_EVERY,
                Backoff.fixed(ASK_EVERY),
                () -> expiry.run(clock.instant(), () -> !isRunning()));
    }
}
