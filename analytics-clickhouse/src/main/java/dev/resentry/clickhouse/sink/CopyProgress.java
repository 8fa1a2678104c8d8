package dev.resentry.clickhouse.sink;

import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.HealthCheck;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the copy is. Nothing waits for it: while it cannot be written, the health page says why, and the service is ready all the same.
 */
final class CopyProgress implements HealthCheck {
    private final InstantSource clock;
    private final Counter rows;
    private final Counter refused;
    private final Timer writes;
    private volatile @Nullable Instant waitsSince;
    private volatile @Nullable String failure;

    CopyProgress(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.rows = Counter.builder("resentry.clickhouse.rows")
                .description("Rows written to ClickHouse")
                .register(registry);
        this.refused = Counter.builder("resentry.clickhouse.rows.refused")
                .description("Rows that ClickHouse does not take, so that the copy does not have them")
                .register(registry);
        this.writes = Timer.builder("resentry.clickhouse.writes")
                .description("Batches written to ClickHouse, and the time they took")
                .register(registry);
        TimeGauge.builder("resentry.clickhouse.lag", this, TimeUnit.MILLISECONDS, CopyProgress::lagMillis)
                .description(
                        "How long the oldest record of topic events that was read waits to be written to ClickHouse")
                .register(registry);
    }

    private double lagMillis() {
        Instant since = waitsSince;
        return since == null
                ? 0
                : Math.max(
                        0.0, (double) Duration.between(since, clock.instant()).toMillis());
    }

    void waits(@Nullable Instant since) {
        if (waitsSince == null) {
            waitsSince = since;
        }
    }

    void failed(RuntimeException e) {
        failure = String.valueOf(e.getMessage());
    }

    void wrote(long count, Duration took) {
        rows.increment((double) count);
        writes.record(took);
        succeeded();
    }

    void refused() {
        refused.increment();
    }

    void succeeded() {
        waitsSince = null;
        failure = null;
    }

    @Override
    public String name() {
        return "clickhouse";
    }

    @Override
    public CheckResult check() {
        String why = failure;
        return why == null
                ? new CheckResult.Ok()
                : new CheckResult.Degraded("%s; waits for %d s".formatted(why, Math.round(lagMillis() / 1_000)));
    }
}
