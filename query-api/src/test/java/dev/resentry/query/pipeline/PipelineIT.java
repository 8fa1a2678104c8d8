package dev.resentry.query.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.wire.GatewayHeaders;
import dev.resentry.model.wire.UsageRecord;
import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PipelineIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void anIdlePipelineHasRatesABalanceAndMinutesThatNobodyWatched() {
        JsonNode pipeline = awaited(json -> json.path("accepted_per_second").isNumber());

        assertThat(pipeline.path("accepted_per_second").asDouble()).isZero();
        assertThat(pipeline.path("backlog").asLong(-1)).isZero();
        assertThat(pipeline.path("oldest_unprocessed_seconds").asLong(-1)).isZero();
        assertThat(pipeline.path("drain_estimate_seconds").asLong(-1)).isZero();
        assertThat(pipeline.at("/balance/difference").asLong(-1)).isZero();
        assertThat(pipeline.at("/balance/since").asString()).isNotEmpty();
        assertThat(pipeline.path("partitions").size()).isPositive();
        assertThat(pipeline.path("series").size()).isEqualTo(60);
        assertThat(pipeline.path("series"))
                .as("there is no processor that looks at the topic")
                .allSatisfy(
                        minute -> assertThat(minute.path("accepted").isNull()).isTrue());
        assertThat(pipeline.at("/storage/bytes").asLong()).isPositive();
    }

    @Test
    void theRunningMinuteIsCountedSinceItBegan() throws InterruptedException {
        try (RunningApi api = RunningApi.start(RunningApi.freshSettings());
                var offsets = new TopicOffsets(api.bean(KafkaSettings.class), "pipeline-it")) {
            assertThat(api.bean(TopicProvisioner.class).awaitProvisioned()).isTrue();
            UUID topic = offsets.ask(api.topicPrefix() + "envelopes", "nobody").topicId();
            // As a processor notes when a minute ends; the next one may end meanwhile.
            api.database().sql("""
                            INSERT INTO topic_minutes
                            SELECT :topic, 0, date_trunc('minute', now()) + n * interval '1 minute', 0, 0
                            FROM generate_series(0, 3) n
                            """).param("topic", topic).update();
            try (var producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", RunningApi.servers().bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (int i = 0; i < 7; i++) {
                    var _ = producer.send(
                            new ProducerRecord<>(api.topicPrefix() + "envelopes", 0, new byte[] {1}, new byte[] {1}));
                }
            }

            JsonNode minute = awaited(
                            api, json -> json.at("/series/59/accepted").asLong() == 7)
                    .at("/series/59");

            assertThat(minute.path("stored").asLong(-1))
                    .as("nobody processes it")
                    .isZero();
            assertThat(Instant.parse(minute.path("at").asString()))
                    .isAfter(Instant.now().minus(Duration.ofMinutes(2)));
        }
    }

    @Test
    void theApiIsOneOfTheProcesses() {
        JsonNode api = process(awaited(json -> !process(json, "kind", "api").isMissingNode()), "kind", "api");

        assertThat(api.path("state").asString()).isEqualTo("ok");
        assertThat(api.path("cause").isNull()).isTrue();
        assertThat(api.path("host").asString()).isNotEmpty();
        assertThat(Instant.parse(api.path("started_at").asString())).isBefore(Instant.now());
    }

    @Test
    void aProcessThatFellSilentIsShownAsSuch() {
        UUID id = UUID.randomUUID();
        API.database().sql("""
                        INSERT INTO processes (id, kind, host, started_at, last_seen_at, state)
                        VALUES (:id, 'processor', 'gone-1', now() - interval '1 hour', now() - interval '2 minutes', 'ok')
                        """).param("id", id).update();

        JsonNode gone = process(awaited(json -> !process(json, "host", "gone-1").isMissingNode()), "host", "gone-1");

        assertThat(gone.path("state").asString()).isEqualTo("silent");
        assertThat(gone.path("cause").asString()).startsWith("no sign of life since ");
    }

    @Test
    void gatewaysAreKnownByTheirSignsOfLifeUntilTheyLeave() {
        UUID gateway = UUID.randomUUID();
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", RunningApi.servers().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            // The reader may begin behind the first ones.
            JsonNode alive = process(
                    awaited(json -> {
                        tell(producer, new UsageRecord(gateway, 1, false, List.of()));
                        return !process(json, "host", "front-7").isMissingNode();
                    }),
                    "host",
                    "front-7");
            assertThat(alive.path("kind").asString()).isEqualTo("gateway");
            assertThat(alive.path("version").asString()).isEqualTo("9.9");
            assertThat(alive.path("started_at").asString()).isEqualTo("2026-11-20T12:00:00Z");
            assertThat(alive.path("state").asString()).isEqualTo("ok");

            tell(producer, new UsageRecord(gateway, 2, true, List.of()));
            awaited(json -> process(json, "host", "front-7").isMissingNode());
        }
    }

    @Test
    void projectsThatSendMostAreNamed() {
        long noisy = ROWS.project("noisy");
        API.database().sql("""
                        INSERT INTO envelope_totals
                        VALUES (:project, date_trunc('hour', now(), 'UTC'), 'stored', '', 9000000, 9000000)
                        """).param("project", noisy).update();
        try {
            JsonNode first =
                    awaited(json -> json.at("/projects/0/id").asLong() == noisy).at("/projects/0");
            assertThat(first.path("slug").asString()).isEqualTo("noisy");
            assertThat(first.path("accepted").asLong()).isEqualTo(9_000_000);
            assertThat(first.path("share").asDouble()).isBetween(0.9, 1.0);
            assertThat(first.path("limited_since").isNull()).isTrue();
        } finally {
            API.database()
                    .sql("DELETE FROM envelope_totals WHERE project_id = :project")
                    .param("project", noisy)
                    .update();
        }
    }

    private static void tell(KafkaProducer<byte[], byte[]> producer, UsageRecord usage) {
        var record = new ProducerRecord<>(API.topicPrefix() + "usage", usage.key(), usage.value());
        record.headers()
                .add(GatewayHeaders.NAME, "front-7".getBytes(UTF_8))
                .add(GatewayHeaders.VERSION, "9.9".getBytes(UTF_8))
                .add(GatewayHeaders.STARTED_AT, "2026-11-20T12:00:00Z".getBytes(UTF_8));
        var _ = producer.send(record);
        producer.flush();
    }

    private static JsonNode process(JsonNode pipeline, String field, String value) {
        for (JsonNode process : pipeline.path("processes")) {
            if (process.path(field).asString("").equals(value)) {
                return process;
            }
        }
        return pipeline.path("missing");
    }

    private static JsonNode awaited(Predicate<JsonNode> wanted) {
        return awaited(API, wanted);
    }

    private static JsonNode awaited(RunningApi api, Predicate<JsonNode> wanted) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> api.get("/api/v1/pipeline").json(), wanted);
    }
}
