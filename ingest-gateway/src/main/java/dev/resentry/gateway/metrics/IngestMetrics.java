package dev.resentry.gateway.metrics;

import dev.resentry.gateway.endpoint.IngestRequest;
import dev.resentry.gateway.endpoint.IngestResponse;
import dev.resentry.gateway.http.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts requests by route and status, the time to each answer, and bytes. */
public final class IngestMetrics implements RequestObserver {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Map<Key, Meters> meters = new ConcurrentHashMap<>();
    private final Counter opened;

    private record Key(String route, int status) {}

    private record Meters(Timer latency, DistributionSummary bytes) {}

    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.opened = Counter.builder("resentry.ingest.connections.opened")
                .description("Connections that senders opened")
                .register(registry);
    }

    @Override
    public void answered(String route, IngestRequest request, IngestResponse response, long bodyBytes, long nanos) {
        Meters found = meters.computeIfAbsent(new Key(route, response.status()), this::metersOf);
        found.latency().record(nanos, TimeUnit.NANOSECONDS);
        found.bytes().record((double) bodyBytes);
    }

    @Override
    public void abandoned(String route) {
        registry.counter("resentry.ingest.abandoned", "route", route).increment();
    }

    @Override
    public void connected() {
        opened.increment();
    }

    @Override
    public void disconnected() {}

    @Override
    public void failed(String route, Throwable failure) {
        registry.counter("resentry.ingest.failures", "route", route).increment();
    }

    private Meters metersOf(Key key) {
        return new Meters(
                Timer.builder("resentry.ingest.requests")
                        .description("Requests, and the time from their headers to their answer")
                        .tag("route", key.route())
                        .tag("status", Integer.toString(key.status()))
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry),
                DistributionSummary.builder("resentry.ingest.body")
                        .description("Bytes of bodies, as they were sent")
                        .baseUnit("bytes")
                        .tag("route", key.route())
                        .tag("status", Integer.toString(key.status()))
                        .register(registry));
    }
}
