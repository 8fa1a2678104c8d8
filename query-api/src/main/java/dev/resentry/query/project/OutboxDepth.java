package dev.resentry.query.project;

import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.project.ProjectOutbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Measures how many changes of projects gateways are not told yet. Looks by itself, so that a page of metrics never waits for
 * the database; there is no number while that does not answer.
 */
final class OutboxDepth implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    private final ProjectOutbox outbox;
    private final RetryingWorker worker;
    private volatile double depth = Double.NaN;

    OutboxDepth(ProjectOutbox outbox, MeterRegistry registry) {
        this.outbox = outbox;
        Gauge.builder("resentry.projects.outbox", this, self -> self.depth)
                .description("Changes of projects that are not on the topic yet")
                .register(registry);
        this.worker = new RetryingWorker(
                "outbox-depth", "The depth of the outbox is not known", EVERY, Backoff.fixed(EVERY), this::measure);
        worker.start();
    }

    @Override
    public void close() {
        worker.stop(STOP_WITHIN);
    }

    private void measure() {
        double measured = Double.NaN;
        try {
            measured = outbox.depth();
        } finally {
            depth = measured;
        }
    }
}
