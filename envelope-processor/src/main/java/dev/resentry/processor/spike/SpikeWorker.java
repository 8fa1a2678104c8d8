package dev.resentry.processor.spike;

import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.spike.SpikeStore;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Has spikes looked for. Every processor asks often; one at a time looks, and none after it for some time. */
final class SpikeWorker extends BackgroundWork {
    private static final int ASKS = 4;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final SpikeDetection detection;
    private final SpikeStore store;
    private final Duration every;
    private final InstantSource clock;

    SpikeWorker(SpikeDetection detection, SpikeStore store, SpikeSettings settings, InstantSource clock) {
        super(STOP_WITHIN);
        this.detection = detection;
        this.store = store;
        this.every = settings.every();
        this.clock = clock;
    }

    @Override
    protected RetryingWorker newWorker() {
        Duration ask = every.dividedBy(ASKS);
        // Shorter than the time between two looks, so that the ask that is due finds the turn free.
        Duration turn = every.minus(ask.dividedBy(2));
        return new RetryingWorker("spikes", "Spikes are not found", ask, Backoff.fixed(ask), () -> {
            if (store.takeTurn(turn)) {
                detection.run(clock.instant().truncatedTo(ChronoUnit.MICROS));
            }
        });
    }
}
