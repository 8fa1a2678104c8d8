package dev.resentry.gateway.spool;

import static dev.resentry.gateway.spool.SpoolFixture.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.spool.EnvelopeSink.Sent;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The names that dashboards and alerts rely on, as {@code /metrics} has them. */
@Timeout(60)
class SpoolMetricsTest {
    @TempDir
    private Path directory;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void showWaitingAppendedDrainedAndRejectedEnvelopesByCause() {
        var settings = new SpoolSettings(
                true,
                directory,
                1,
                DataSize.ofMegabytes(1),
                Duration.ofHours(1),
                DataSize.ofBytes(0),
                Duration.ofMillis(100));
        try (EnvelopeSpool spool = SpoolSlots.open(settings, Clock.systemUTC())) {
            SpoolMetrics.register(registry, spool::status);
            assertThat(value("accepting")).isEqualTo(1);
            assertThat(value("envelopes")).isZero();
            assertThat(value("oldest_seconds")).isZero();

            for (int i = 0; i < 3; i++) {
                assertThat(spool.append(envelope(300_000)).join()).isInstanceOf(Appended.Kept.class);
            }
            assertThat(spool.append(envelope(300_000)).join()).isInstanceOf(Appended.Full.class);

            assertThat(value("envelopes")).isEqualTo(3);
            assertThat(value("bytes")).isBetween(900_000.0, 910_000.0);
            assertThat(value("appended_total")).isEqualTo(3);
            assertThat(value("refused_total{cause=\"bytes\"}")).isEqualTo(1);
            assertThat(value("refused_total{cause=\"disk_failure\"}")).isZero();
            assertThat(value("draining")).isZero();
            await().until(() -> value("oldest_seconds") > 0);

            try (SpoolDrain _ = SpoolDrain.start(spool, this::takesTwo)) {
                await().until(() -> value("envelopes") == 0);
            }
            assertThat(value("drained_total")).isEqualTo(2);
            assertThat(value("broken_total")).isEqualTo(1);
            assertThat(value("broken_bytes")).isBetween(300_000.0, 310_000.0);
            assertThat(value("unreadable")).isZero();
            assertThat(value("accepting")).isEqualTo(1);
        }
        assertThat(value("accepting")).isZero();
    }

    private int sent;

    private CompletableFuture<Sent> takesTwo(Map<String, byte[]> headers, byte[] body) {
        return CompletableFuture.completedFuture(
                ++sent == 2 ? new Sent.Unsendable("too large") : new Sent.Acknowledged());
    }

    private double value(String name) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("resentry_spool_" + name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no resentry_spool_" + name));
    }
}
