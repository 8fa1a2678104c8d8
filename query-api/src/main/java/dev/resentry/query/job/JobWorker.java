package dev.resentry.query.job;

import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.job.JobRunner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Works on jobs, one after the other. A stop gives the job under way back after its step. */
final class JobWorker implements SmartLifecycle {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final JobRunner jobs;
    private volatile boolean running;
    private volatile @Nullable RetryingWorker worker;

    JobWorker(JobRunner jobs) {
        this.jobs = jobs;
    }

    @Override
    public void start() {
        var started = new RetryingWorker("jobs", "Jobs wait", POLL, Backoff.fixed(POLL), this::runAll);
        worker = started;
        running = true;
        started.start();
    }

    @Override
    public void stop() {
        running = false;
        RetryingWorker current = worker;
        if (current != null) {
            // A step that is interrupted is rolled back, and its job taken up again when its lease ends.
            current.stop(STOP_WITHIN);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void runAll() {
        boolean more = true;
        while (running && more) {
            more = jobs.runNext(() -> !running);
        }
    }
}
