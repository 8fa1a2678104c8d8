package dev.resentry.processor.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.deadletter.DeadLetterTopicStore;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.util.unit.DataSize;

/** What earlier versions left on topic {@code envelopes.dead}, on a real broker and database; the header names are literal, as those versions wrote them. */
@Timeout(120)
class DeadLetterTakeOverIT {
    private static final String STORED = "0198f3a0-0000-7000-8000-000000000001";
    private static final String MICROS = "1764000000000000";

    private static final TestServers servers = TestServers.shared();

    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static DeadLetterTopicStore store;

    @BeforeAll
    static void start() {
        servers.startBoth();
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                servers.newDatabaseUrl(), "", 1, "", "", "", 10, Duration.ofSeconds(5), Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        store = new DeadLetterTopicStore(pool, new DataSourceTransactionManager(pool));
        jdbc.sql("SELECT ensure_day_partitions('2025-11-24')")
                .query((_, _) -> "")
                .list();
        jdbc.sql("""
                        INSERT INTO envelopes (received_at, id, project_id, public_key, endpoint, body, body_size, outcome, item_count)
                        VALUES (timestamptz 'epoch' + :micros * interval '1 microsecond', :id::uuid, 1, 'k', 'envelope', 'raw', 3,
                                'dropped', 0)
                        """)
                .param("micros", Long.parseLong(MICROS))
                .param("id", STORED)
                .update();
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void eachDeadLetterIsTakenOverOnceHoweverOftenItIsRead() throws Exception {
        KafkaSettings kafka = settings("full.");
        createTopic("full.envelopes.dead");
        for (int again = 0; again < 4; again++) {
            // The same letter at every retry of an outage, on whichever partition.
            send("full.envelopes.dead", again % 3, "raw", letter("invalid_envelope", "full.envelopes/0/5", STORED));
        }
        send(
                "full.envelopes.dead",
                0,
                "gone",
                letter("project_deleted", "full.envelopes/0/6", "0198f3a0-0000-7000-8000-000000000002"));
        send(
                "full.envelopes.dead",
                1,
                "odd",
                Map.of(
                        "dead-reason",
                        "invalid_record",
                        "dead-cause",
                        "header version: null (expected: 1)",
                        "dead-at",
                        "2026-11-20T10:00:00Z",
                        "dead-source",
                        "full.envelopes/1/7"));
        send("full.envelopes.dead", 2, "stranger", Map.of());

        try (var topics = new TopicProvisioner(kafka)) {
            List<DeadLetterTakeOver> processors =
                    List.of(new DeadLetterTakeOver(kafka, topics, store), new DeadLetterTakeOver(kafka, topics, store));
            processors.forEach(DeadLetterTakeOver::start);
            awaitEnd(processors);

            assertThat(letters("full."))
                    .containsExactlyInAnyOrder(
                            "invalid_envelope full.envelopes/0/5 in its envelope",
                            "project_deleted full.envelopes/0/6 gone",
                            "invalid_record full.envelopes/1/7 odd",
                            "invalid_record full.envelopes.dead/2/1 stranger");
            assertThat(jdbc.sql("SELECT DISTINCT h ->> 'name' FROM dead_letters, jsonb_array_elements(headers) h")
                            .query(String.class)
                            .list())
                    .as("the headers of the record alone")
                    .contains("envelope-id")
                    .noneMatch(name -> name.startsWith("dead-"));

            // What an earlier version that still runs beside wrote since; the rest is not read again.
            jdbc.sql("DELETE FROM dead_letters WHERE reason = 'project_deleted'")
                    .update();
            send(
                    "full.envelopes.dead",
                    0,
                    "late",
                    letter("too_large", "full.envelopes/0/8", "0198f3a0-0000-7000-8000-000000000003"));
            var next = new DeadLetterTakeOver(kafka, topics, store);
            next.start();
            awaitEnd(List.of(next));

            assertThat(letters("full.")).hasSize(4).contains("too_large full.envelopes/0/8 late");
        }
    }

    @Test
    void aNewInstallationHasNoSuchTopicAndGetsNone() throws Exception {
        KafkaSettings kafka = settings("new.");
        try (var topics = new TopicProvisioner(kafka)) {
            var takeOver = new DeadLetterTakeOver(kafka, topics, store);
            takeOver.start();
            awaitEnd(List.of(takeOver));
        }

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get())
                    .contains("new.envelopes")
                    .doesNotContain("new.envelopes.dead");
        }
    }

    private static void awaitEnd(List<DeadLetterTakeOver> processors) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> processors.stream().noneMatch(DeadLetterTakeOver::isRunning));
    }

    private static List<String> letters(String prefix) {
        return jdbc.sql("""
                        SELECT reason || ' ' || source_topic || '/' || source_partition || '/' || source_offset || ' '
                               || coalesce(convert_from(d.body, 'UTF8'), CASE WHEN e.id IS NOT NULL THEN 'in its envelope' END)
                        FROM dead_letters d LEFT JOIN envelopes e ON e.received_at = d.envelope_received_at AND e.id = d.envelope_id
                        WHERE source_topic LIKE :prefix || '%'
                        """).param("prefix", prefix).query(String.class).list();
    }

    private static Map<String, String> letter(String reason, String source, String envelopeId) {
        return Map.of(
                "dead-reason", reason,
                "dead-cause", "what was wrong",
                "dead-at", "2026-11-20T10:00:00Z",
                "dead-source", source,
                "version", "1",
                "envelope-id", envelopeId,
                "project-id", "1",
                "public-key", "e12d836b15bb49d7bbf99e64295d995b",
                "received-at", MICROS,
                "endpoint", "envelope");
    }

    private static void send(String topic, int partition, String body, Map<String, String> headers) throws Exception {
        var record = new ProducerRecord<byte[], byte[]>(topic, partition, null, body.getBytes(UTF_8));
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private static void createTopic(String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, 3, (short) 1))).all().get();
        }
    }

    private static KafkaSettings settings(String prefix) {
        return new KafkaSettings(
                servers.bootstrapServers(),
                prefix,
                (short) 1,
                1,
                Duration.ofDays(1),
                DataSize.ofMegabytes(22),
                Map.of());
    }
}
