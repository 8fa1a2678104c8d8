package dev.resentry.query.pipeline;

import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the pipeline, looked up every five seconds, and at most every second while somebody asks: however many ask, it is
 * one look-up. When nobody has asked for a while they are looked up less often, and who asks then waits for newer ones. Safe to share
 * between threads.
 */
public final class PipelineFigures extends BackgroundWork {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration UNASKED = Duration.ofSeconds(20);
    private static final Duration ASKED_WITHIN = Duration.ofMinutes(1);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(30);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final PipelineLook look;
    private final InstantSource clock;
    private volatile @Nullable PipelineResponse last;
    private volatile Instant askedAt = Instant.EPOCH;

    PipelineFigures(PipelineLook look, InstantSource clock) {
        super(STOP_WITHIN);
        this.look = look;
        this.clock = clock;
    }

    /** The newest figures, at most some seconds old. Waits only if there are none yet, none for half a minute, or nobody has asked. */
    public PipelineResponse latest() {
        PipelineResponse known = last;
        Instant now = clock.instant();
        Duration old = isResting(now) ? EVERY : STALE;
        askedAt = now;
        if (known == null || known.at().isBefore(now.minus(old))) {
            return lookAgain();
        }
        if (known.at().isBefore(now.minus(FRESH))) {
            wake();
        }
        return known;
    }

    private synchronized PipelineResponse lookAgain() {
        PipelineResponse known = last;
        if (known == null || known.at().isBefore(clock.instant().minus(FRESH))) {
            known = look.now();
            last = known;
        }
        return known;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "pipeline-figures",
                "The pipeline page is not current",
                this::rest,
                Backoff.fixed(EVERY),
                this::lookAgain);
    }

    private Duration rest() {
        return isResting(clock.instant()) ? UNASKED : EVERY;
    }

    private boolean isResting(Instant now) {
        return askedAt.isBefore(now.minus(ASKED_WITHIN));
    }
}
