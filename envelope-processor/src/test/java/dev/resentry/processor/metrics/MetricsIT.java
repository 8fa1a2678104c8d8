package dev.resentry.processor.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.ProcessorApplication;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.testsupport.server.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Prometheus reads of a processor that has stored, seen again, refused, and met an outage. */
@Timeout(180)
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final TestServers SERVERS = TestServers.shared().startBoth();
    private static final String PREFIX = SERVERS.newTopicPrefix();

    private static ConfigurableApplicationContext processor;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = SpringApplication.run(
                ProcessorApplication.class,
                "--spring.config.name=" + ProcessorApplication.CONFIG_NAMES,
                "--server.port=0",
                "--logging.level.root=WARN",
                "--resentry.kafka.bootstrap-servers=" + SERVERS.bootstrapServers(),
                "--resentry.kafka.topic-prefix=" + PREFIX,
                "--resentry.kafka.envelope-partitions=1",
                "--resentry.database.connect-timeout=1s",
                "--resentry.database.url=" + SERVERS.newDatabaseUrl());
        JdbcClient.create(processor.getBean(DataSource.class)).sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (1, 'one', 'One', 'active', 1, now(), now())
                        """).update();
        processor.getBean(TopicProvisioner.class).awaitProvisioned();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void countsWhatBecomesOfEnvelopesAndHowFarItIsBehind() throws Exception {
        EnvelopeId id = EnvelopeId.at(Instant.now());
        byte[] event = event(UUID.randomUUID());
        send(id, event);
        send(id, event);
        send(EnvelopeId.at(Instant.now()), event);
        send(EnvelopeId.at(Instant.now()), "rubbish".getBytes(UTF_8));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape())
                        .contains(
                                "resentry_processor_envelopes_total{result=\"stored\"} 3.0",
                                "resentry_processor_envelopes_total{result=\"already_stored\"} 1.0",
                                "resentry_processor_rows_total 1.0",
                                "resentry_processor_duplicate_items_total 1.0",
                                "resentry_processor_dead_letters_total{reason=\"invalid_envelope\"} 1.0",
                                "resentry_processor_batches_seconds_bucket{le=\"30.0\"}",
                                "resentry_processor_lag_records{partition=\"0\"} 0.0",
                                "jvm_memory_used_bytes{",
                                "jvm_threads_live_threads",
                                "process_cpu_usage"));

        SERVERS.stopPostgres();
        send(EnvelopeId.at(Instant.now()), event(UUID.randomUUID()));
        send(EnvelopeId.at(Instant.now()), event(UUID.randomUUID()));
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

    private static String scrape() throws Exception {
        String port = processor.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    private static byte[] event(UUID id) {
        return "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{\"message\":\"counted\"}\n"
                .formatted(id)
                .getBytes(UTF_8);
    }

    private static void send(EnvelopeId id, byte[] body) throws Exception {
        var record = new ProducerRecord<byte[], byte[]>(PREFIX + "envelopes", body);
        EnvelopeRecord.headers(new Receipt(
                        id,
                        new ProjectId(1),
                        new PublicKey("e12d836b15bb49d7bbf99e64295d995b"),
                        Instant.now(),
                        Endpoint.ENVELOPE,
                        null,
                        null,
                        null,
                        "test",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of()))
                .forEach(record.headers()::add);
        Map<String, Object> properties = Map.of("bootstrap.servers", SERVERS.bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }
}
