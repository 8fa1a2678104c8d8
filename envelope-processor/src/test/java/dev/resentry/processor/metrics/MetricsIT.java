package dev.resentry.processor.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.testsupport.server.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A processor's metrics as Prometheus reads them: stored, repeated and refused envelopes, and an outage. */
@Timeout(180)
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final TestServers SERVERS = TestServers.shared();

    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void countsWhatBecomesOfEnvelopesAndHowFarItIsBehind() throws Exception {
        Instant receivedAt = Instant.now();
        EnvelopeId id = EnvelopeId.at(receivedAt);
        String event = event(UUID.randomUUID());
        processor.send(id, receivedAt, event.getBytes(UTF_8));
        processor.send(id, receivedAt, event.getBytes(UTF_8));
        processor.send(event);
        processor.send("rubbish");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape())
                        .contains(
                                "resentry_processor_envelopes_total{fate=\"stored\"} 2.0",
                                "resentry_processor_envelopes_total{fate=\"dead\"} 1.0",
                                "resentry_processor_envelopes_total{fate=\"duplicate\"} 1.0",
                                "resentry_processor_rows_total 1.0",
                                "resentry_processor_duplicate_items_total 1.0",
                                "resentry_processor_dead_letters_total{reason=\"invalid_envelope\"} 1.0",
                                "resentry_processor_batches_seconds_bucket{le=\"30.0\"}",
                                "resentry_processor_lag_records{partition=\"0\"} 0.0",
                                "jvm_memory_used_bytes{",
                                "jvm_threads_live_threads",
                                "process_cpu_usage"));

        SERVERS.stopPostgres();
        processor.send(event(UUID.randomUUID()));
        processor.send(event(UUID.randomUUID()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape())
                        .contains("resentry_processor_lag_records{partition=\"0\"} 2.0")
                        .containsPattern("resentry_processor_failures_total [1-9]"));

        SERVERS.startPostgres();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape())
                        .contains(
                                "resentry_processor_lag_records{partition=\"0\"} 0.0",
                                "resentry_processor_rows_total 3.0"));
    }

    @Test
    void showsWhatTablesAndTopicsTakeOfTheDisk() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape())
                        .containsPattern("resentry_storage_size_bytes\\{table=\"projects\"} [1-9]")
                        .containsPattern("resentry_storage_in_30_days_bytes\\{table=\"projects\"} [1-9]")
                        .containsPattern("resentry_storage_at_full_retention_bytes\\{table=\"projects\"} [1-9]")
                        .containsPattern("resentry_topic_size_bytes\\{topic=\"[^\"]*envelopes\"} [0-9]"));
    }

    private static String scrape() throws Exception {
        String port = processor.setting("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    private static String event(UUID id) {
        return "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{\"message\":\"counted\"}\n".formatted(id);
    }
}
