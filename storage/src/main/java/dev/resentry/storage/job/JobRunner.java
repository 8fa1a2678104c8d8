package dev.resentry.storage.job;

import dev.resentry.service.health.CheckResult;
import dev.resentry.storage.database.DatabaseOutage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs up and does them step by step, renewing its lease after each. If its process dies, the lease ends and any other
 * runner goes on behind the last step.
 *
 * <p>A step that fails is tried again after a pause, which grows; the job shows why meanwhile. After {@value #MAX_FAILED_STEPS}
 * failures in a row the job has failed for good, and ends once its handler has done what has to be done before. An absent database fails no job: the job waits for the end of the lease.
 *
 * <p>A job that is paused or cancelled meanwhile is let go behind its step.
 *
 * <p>Safe to share between threads; each call works on one job.
 */
public final class JobRunner {
    public static final Duration LEASE = Duration.ofMinutes(1);
    static final int MAX_FAILED_STEPS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /** By the number of failures: 5 s, 30 s, 3 min, 18 min. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private static final int PAUSE_GROWTH = 6;

    /** How often a rest between two steps looks whether the process stops. */
    private static final Duration LOOK_UP_EVERY = Duration.ofMillis(100);

    private final JobStore jobs;
    private final Map<String, JobHandler> handlers;

    public JobRunner(JobStore jobs, List<JobHandler> handlers) {
        this.jobs = jobs;
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
    }

    /**
     * Takes up the job that has waited longest and works on it until it is done, has to wait, or fails.
     *
     * @param stopping asked between two steps; if it says so, the job is given back
     * @return false if no job was available
     * @throws RuntimeException if the database does not answer
     */
    public boolean runNext(BooleanSupplier stopping) {
        // One for each turn: a holder whose lease ended must not be taken for the next one, whatever process that is
        // in.
        String owner = UUID.randomUUID().toString();
        Optional<Job> taken = jobs.take(owner, handlers.keySet(), LEASE);
        taken.ifPresent(job -> run(job, owner, stopping));
        return taken.isPresent();
    }

    private void run(Job taken, String owner, BooleanSupplier stopping) {
        JobHandler handler = handlers.get(taken.kind());
        if (handler == null) {
            throw new IllegalStateException("no handler for jobs of kind " + taken.kind());
        }
        Job job = taken;
        while (true) {
            if (stopping.getAsBoolean()) {
                jobs.putBack(job.id(), owner, Duration.ZERO);
                return;
            }
            boolean cancelling = job.state() instanceof JobState.Cancelling;
            JobStep step;
            try {
                step = cancelling ? handler.cancel(job) : handler.step(job);
            } catch (RuntimeException e) {
                if (DatabaseOutage.isBehind(e)) {
                    throw e;
                }
                Optional<Job> next = fail(handler, job, owner, e);
                if (next.isEmpty() || next.get().state() instanceof JobState.Paused) {
                    return;
                }
                job = next.get();
                continue;
            }
            switch (step) {
                case JobStep.Advanced advanced -> {
                    Optional<Job> next = jobs.advance(job.id(), owner, advanced, LEASE);
                    if (next.isEmpty()) {
                        LOG.atWarn()
                                .addKeyValue("jobId", job.id())
                                .log("Another runner has taken a job over; its step is done once more");
                        return;
                    }
                    job = next.get();
                    if (job.state() instanceof JobState.Paused || !rested(advanced.rest(), stopping)) {
                        return;
                    }
                }
                case JobStep.Waiting(Duration retryAfter) -> {
                    jobs.putBack(job.id(), owner, retryAfter);
                    return;
                }
                case JobStep.Failed(var failure, var result) -> {
                    jobs.fail(job.id(), owner, failure, result);
                    return;
                }
                case JobStep.Finished(var result) -> {
                    if (cancelling) {
                        jobs.endCancelled(job.id(), owner, result);
                    } else {
                        jobs.finish(job.id(), owner, result);
                    }
                    LOG.atInfo()
                            .addKeyValue("jobId", job.id())
                            .addKeyValue("kind", job.kind())
                            .log(cancelling ? "A job is cancelled" : "A job is done");
                    return;
                }
            }
        }
    }

    /** @return false if the thread is interrupted; then the job is taken up again when its lease ends */
    private static boolean rested(Duration rest, BooleanSupplier stopping) {
        long until = System.nanoTime() + rest.toNanos();
        try {
            for (long left = rest.toNanos(); left > 0 && !stopping.getAsBoolean(); left = until - System.nanoTime()) {
                Thread.sleep(Duration.ofNanos(Math.min(left, LOOK_UP_EVERY.toNanos())));
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The job as it goes on to its end, if that is not now and this runner still holds it. */
    private Optional<Job> fail(JobHandler handler, Job job, String owner, RuntimeException failure) {
        int failedSteps = job.failedSteps() + 1;
        boolean last = failedSteps >= MAX_FAILED_STEPS;
        LOG.atError()
                .addKeyValue("jobId", job.id())
                .addKeyValue("kind", job.kind())
                .addKeyValue("failedSteps", failedSteps)
                .setCause(failure)
                .log(last ? "A job has failed" : "A step of a job failed; it is tried again");
        String cause = CheckResult.Failed.of(failure).cause();
        if (!last) {
            jobs.retry(job.id(), owner, cause, pauseAfter(failedSteps));
            return Optional.empty();
        }
        Optional<JobStep.Advanced> end = handler.giveUp(job, cause);
        if (end.isEmpty()) {
            jobs.fail(job.id(), owner, cause, null);
            return Optional.empty();
        }
        return jobs.advance(job.id(), owner, end.get(), LEASE);
    }

    private static Duration pauseAfter(int failedSteps) {
        return FIRST_PAUSE.multipliedBy((long) Math.pow(PAUSE_GROWTH, failedSteps - 1));
    }
}
