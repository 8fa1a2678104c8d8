package dev.resentry.service.work;

import dev.resentry.service.health.CheckResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task again and again on a thread of its own: at once, then whenever it is woken and at the latest an interval after the
 * last run. A run that fails is tried again after a back-off, which no wake-up shortens. The log has each cause once, when it is
 * new, and once that the task works again. Is started and stopped once; its owner does both.
 */
public final class RetryingWorker {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingWorker.class);

    /** How long a task that was interrupted has to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String name;
    private final String consequence;
    private final Supplier<Duration> rest;
    private final Backoff backoff;
    private final Task task;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Semaphore wakeUps = new Semaphore(0);

    /**
     * @param name names the thread, and the worker in the log
     * @param consequence what a failure means to an operator, as in "Changes of projects wait"
     * @param interval how long after a run the next one begins unless it is woken; zero for no pause at all
     */
    public RetryingWorker(String name, String consequence, Duration interval, Backoff backoff, Task task) {
        this(name, consequence, () -> interval, backoff, task);
    }

    /** @param rest how long after a run the next one begins unless it is woken, asked for behind each run as a part of it */
    public RetryingWorker(String name, String consequence, Supplier<Duration> rest, Backoff backoff, Task task) {
        this.name = name;
        this.consequence = consequence;
        this.rest = rest;
        this.backoff = backoff;
        this.task = task;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
    }

    /** What a worker does. Both methods are called on the worker's thread. */
    @FunctionalInterface
    public interface Task {
        /** Does what there is to do. Is interrupted if a stop takes too long. */
        void run() throws Exception;

        /** How long after a run the next one begins at the earliest, however often the worker is woken. */
        default Duration gap() {
            return Duration.ZERO;
        }

        /** Called once after the last run, also if that one failed or was interrupted. */
        default void finish() throws Exception {}
    }

    public void start() {
        thread.start();
    }

    /** Has the task run again soon: after the run under way, if there is one. Does not wait. */
    public void wake() {
        wakeUps.release();
    }

    /** Lets the run under way be the last. Does not wait; the task may call it. */
    public void requestStop() {
        stopping.countDown();
        wake();
    }

    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /**
     * Ends the work. The task is interrupted if it has not ended in time, and left to itself a second later.
     *
     * @param within how long the run under way and {@link Task#finish} may take together
     * @return whether both have ended
     */
    public boolean stop(Duration within) {
        requestStop();
        if (thread.getState() == Thread.State.NEW) {
            return true;
        }
        try {
            if (thread.join(within)) {
                return true;
            }
            thread.interrupt();
            return thread.join(GRACE);
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void work() {
        String cause = "";
        Duration pause = backoff.first();
        try {
            while (!isStopping()) {
                try {
                    task.run();
                    if (!cause.isEmpty()) {
                        LOG.atInfo().addKeyValue("worker", name).log("Works again");
                        cause = "";
                    }
                    pause = backoff.first();
                    if (!isStopping()) {
                        awaitNextRun(rest.get());
                    }
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    cause = logged(e, cause);
                    var _ = stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
                    pause = backoff.after(pause);
                }
            }
        } catch (InterruptedException _) {
            // Only a stop interrupts; what is left to do is to finish.
            stopping.countDown();
        } finally {
            finish();
        }
    }

    private void awaitNextRun(Duration atMost) throws InterruptedException {
        if (atMost.isPositive()) {
            long since = System.nanoTime();
            var _ = wakeUps.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
            long early = task.gap().toNanos() - (System.nanoTime() - since);
            if (early > 0) {
                var _ = stopping.await(early, TimeUnit.NANOSECONDS);
            }
        }
        wakeUps.drainPermits();
    }

    /** Logs a failure unless it is the last one again, or comes of the stop. */
    private String logged(Exception failure, String lastCause) {
        String cause = CheckResult.Failed.of(failure).cause();
        if (!cause.equals(lastCause) && !isStopping()) {
            LOG.atWarn().addKeyValue("worker", name).addKeyValue("error", cause).log(consequence + "; trying again");
            LOG.atDebug().addKeyValue("worker", name).setCause(failure).log("Where it failed");
        }
        return cause;
    }

    private void finish() {
        try {
            task.finish();
        } catch (Exception e) {
            LOG.atWarn()
                    .addKeyValue("worker", name)
                    .addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("Did not stop cleanly");
        }
    }
}
