package dev.resentry.query.job;

import dev.resentry.service.health.CheckResult;
import dev.resentry.storage.job.JobRunner;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Works on jobs, one after the other. A stop gives the job under way back after its step. */
final class JobWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final JobRunner jobs;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;
    private @Nullable Thread worker;

    JobWorker(JobRunner jobs) {
        this.jobs = jobs;
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofPlatform().daemon().name("jobs").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        Thread current = worker;
        if (current != null) {
            try {
                if (!current.join(STOP_WITHIN)) {
                    // Its step is rolled back, and the job taken up again when its lease ends.
                    current.interrupt();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        String trouble = "";
        try {
            do {
                try {
                    while (running && jobs.runNext(() -> !running)) {
                        trouble = "";
                    }
                    trouble = "";
                } catch (RuntimeException e) {
                    String cause = CheckResult.Failed.of(e).cause();
                    if (running && !cause.equals(trouble)) {
                        LOG.atWarn().addKeyValue("error", cause).log("Jobs wait; trying again");
                        trouble = cause;
                    }
                }
            } while (!stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
