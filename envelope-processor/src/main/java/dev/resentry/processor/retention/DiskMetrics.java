package dev.resentry.processor.retention;

import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.disk.DiskUse;
import dev.resentry.storage.disk.TableUse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Measures the disk that the tables take, by itself, so that a page of metrics never waits for the database; there are no numbers
 * while that does not answer.
 */
final class DiskMetrics implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    private final DiskUse disk;
    private final InstantSource clock;
    private final MultiGauge now;
    private final MultiGauge in30Days;
    private final MultiGauge atFullRetention;
    private final RetryingWorker worker;

    DiskMetrics(DiskUse disk, InstantSource clock, MeterRegistry registry) {
        this.disk = disk;
        this.clock = clock;
        this.now = gauge(registry, "resentry.storage.size", "What a table takes of the disk");
        this.in30Days = gauge(registry, "resentry.storage.in.30.days", "What a table will take in 30 days");
        this.atFullRetention =
                gauge(registry, "resentry.storage.at.full.retention", "What a table will take once all days are there");
        this.worker = new RetryingWorker(
                "disk-metrics",
                "The size of the tables is not known",
                EVERY,
                Backoff.fixed(RETRY_AFTER),
                this::measure);
        worker.start();
    }

    @Override
    public void close() {
        worker.stop(STOP_WITHIN);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name)
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    private void measure() {
        List<TableUse> tables = List.of();
        try {
            tables = disk.measure(clock.instant());
        } finally {
            show(now, tables, TableUse::bytes);
            show(in30Days, tables, TableUse::bytesIn30Days);
            show(atFullRetention, tables, TableUse::bytesAtFullRetention);
        }
    }

    private static void show(MultiGauge gauge, List<TableUse> tables, ToLongFunction<TableUse> value) {
        gauge.register(
                tables.stream()
                        .map(table -> MultiGauge.Row.of(Tags.of("table", table.name()), value.applyAsLong(table)))
                        .toList(),
                true);
    }
}
