package dev.resentry.storage.job;

import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.ConcurrentStop;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.signal.Work;
import dev.resentry.storage.signal.WorkSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Works on the jobs of every kind that this process has a handler for: of one kind one after the other, of several kinds side by
 * side, so that a job of days delays no other kind. A stop gives the jobs under way back after their step.
 */
final class JobWorker implements ConcurrentStop {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final JobStore jobs;
    private final List<JobHandler> handlers;
    private final WorkSignals signals;
    private volatile boolean running;
    private volatile List<RetryingWorker> workers = List.of();

    JobWorker(JobStore jobs, List<JobHandler> handlers, WorkSignals signals) {
        this.jobs = jobs;
        this.handlers = List.copyOf(handlers);
        this.signals = signals;
        signals.on(Work.JOBS, () -> workers.forEach(RetryingWorker::wake));
    }

    @Override
    public void start() {
        List<RetryingWorker> started = new ArrayList<>();
        for (JobHandler handler : handlers) {
            var runner = new JobRunner(jobs, List.of(handler));
            started.add(new RetryingWorker(
                    "job-" + handler.kind(),
                    "Jobs wait",
                    () -> rest(handler.kind()),
                    Backoff.fixed(POLL),
                    () -> runAll(runner)));
        }
        workers = List.copyOf(started);
        running = true;
        started.forEach(RetryingWorker::start);
    }

    @Override
    public void stop() {
        running = false;
        workers.forEach(RetryingWorker::requestStop);
        // A step that is interrupted is rolled back, and its job taken up again when its lease ends.
        workers.forEach(worker -> worker.stop(STOP_WITHIN));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Until a job of a kind may be taken up: one that is tried again later, or whose holder may have died. */
    private Duration rest(String kind) {
        Duration atMost = signals.rest(POLL);
        return jobs.untilAvailable(kind)
                .map(wait -> wait.compareTo(POLL) < 0 ? POLL : wait)
                .filter(wait -> wait.compareTo(atMost) < 0)
                .orElse(atMost);
    }

    private void runAll(JobRunner runner) {
        boolean more = true;
        while (running && more) {
            more = runner.runNext(() -> !running);
        }
    }
}
