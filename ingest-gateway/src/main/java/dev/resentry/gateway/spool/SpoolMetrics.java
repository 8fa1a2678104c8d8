package dev.resentry.gateway.spool;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows what waits on the gateway's own disk. */
public final class SpoolMetrics {
    private SpoolMetrics() {}

    /**
     * Registers everything under {@code resentry.spool}.
     *
     * @param status asked each time the metrics are
     */
    public static void register(MeterRegistry registry, Supplier<SpoolStatus> status) {
        gauge(registry, "envelopes", "Envelopes that wait for Kafka", status, SpoolStatus::envelopes);
        gauge(registry, "bytes", "What the spool takes on the disk", status, SpoolStatus::bytes);
        gauge(
                registry,
                "oldest.seconds",
                "How long the first of them has waited",
                status,
                s -> s.oldestAge().toMillis() / 1000.0);
        gauge(registry, "accepting", "1 if the spool takes envelopes", status, s -> s.accepting() ? 1 : 0);
        gauge(registry, "draining", "1 if it hands on what it holds", status, s -> s.draining() ? 1 : 0);
        counter(registry, "appended", "Envelopes that went to the spool", status, SpoolStatus::appended);
        counter(registry, "drained", "Envelopes of the spool that Kafka has taken", status, SpoolStatus::drained);
        gauge(registry, "unreadable", "Segments that the disk does not give back", status, SpoolStatus::unreadable);
        counter(
                registry,
                "broken",
                "Envelopes that were set aside: somebody must look",
                status,
                SpoolStatus::quarantined);
        gauge(registry, "broken.bytes", "What lies set aside on the disk", status, SpoolStatus::quarantinedBytes);
        for (SpoolRejection cause : SpoolRejection.values()) {
            FunctionCounter.builder(
                            "resentry.spool.refused",
                            status,
                            s -> s.get().rejected().getOrDefault(cause, 0L))
                    .description("Attempts to spool an envelope that were refused; one may be tried again and again")
                    .tag("cause", cause.wireName())
                    .register(registry);
        }
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            String description,
            Supplier<SpoolStatus> status,
            ToDoubleFunction<SpoolStatus> value) {
        Gauge.builder("resentry.spool." + name, status, s -> value.applyAsDouble(s.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry,
            String name,
            String description,
            Supplier<SpoolStatus> status,
            ToDoubleFunction<SpoolStatus> value) {
        FunctionCounter.builder("resentry.spool." + name, status, s -> value.applyAsDouble(s.get()))
                .description(description)
                .register(registry);
    }
}
