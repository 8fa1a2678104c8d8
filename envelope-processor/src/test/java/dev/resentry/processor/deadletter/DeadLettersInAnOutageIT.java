package dev.resentry.processor.deadletter;

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
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole processor on a real broker, while its database refuses to store. */
@Timeout(120)
class DeadLettersInAnOutageIT {
    private static final int RETRIES = 3;

    private static final TestServers servers = TestServers.shared();
    private static final String PREFIX = servers.newTopicPrefix();

    private static ConfigurableApplicationContext processor;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        servers.startBoth();
        processor = new SpringApplicationBuilder(ProcessorApplication.class)
                .properties(Map.of(
                        "spring.config.name",
                        ProcessorApplication.CONFIG_NAMES,
                        "server.port",
                        "0",
                        "KAFKA_TOPIC_PREFIX",
                        PREFIX,
                        "KAFKA_ENVELOPE_PARTITIONS",
                        "1",
                        "KAFKA_BOOTSTRAP_SERVERS",
                        servers.bootstrapServers(),
                        "DATABASE_URL",
                        servers.newDatabaseUrl()))
                .run();
        jdbc = processor.getBean(JdbcClient.class);
        jdbc.sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (1, 'one', 'One', 'active', 1, now(), now())
                        """).update();
        refuseEnvelopes();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void aBadEnvelopeThatIsTriedAgainAndAgainIsOneDeadLetter() {
        send("rubbish");
        send("{}\n{\"type\":\"event\"}\n{\"message\":\"fine\"}\n");
        await().atMost(Duration.ofSeconds(60)).until(() -> attempts() > RETRIES);

        jdbc.sql("DROP TRIGGER refuse ON envelopes").update();

        await().atMost(Duration.ofSeconds(60)).until(() -> count("envelopes") == 2);
        assertThat(count("events")).isEqualTo(1);
        assertThat(recordsOn(PREFIX + "envelopes.dead"))
                .as("on topic envelopes.dead")
                .isZero();
        assertThat(count("dead_letters WHERE reason = 'invalid_envelope'")).isEqualTo(1);
        assertThat(count("dead_letters")).isEqualTo(1);
    }

    /** As an operator's shutdown would; a sequence counts the attempts, because a rollback leaves it alone. */
    private static void refuseEnvelopes() {
        jdbc.sql("CREATE SEQUENCE attempts").update();
        jdbc.sql("""
                        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                        $$
                        BEGIN
                            PERFORM nextval('attempts');
                            RAISE EXCEPTION 'shutting down' USING ERRCODE = '57P01';
                        END
                        $$
                        """).update();
        jdbc.sql("CREATE TRIGGER refuse BEFORE INSERT ON envelopes FOR EACH STATEMENT EXECUTE FUNCTION refuse()")
                .update();
    }

    private static long attempts() {
        return jdbc.sql("SELECT last_value FROM attempts").query(Long.class).single();
    }

    private static void send(String body) {
        Instant now = Instant.now();
        var record = new ProducerRecord<byte[], byte[]>(PREFIX + "envelopes", body.getBytes(UTF_8));
        EnvelopeRecord.headers(new Receipt(
                        EnvelopeId.at(now),
                        new ProjectId(1),
                        new PublicKey("e12d836b15bb49d7bbf99e64295d995b"),
                        now,
                        Endpoint.ENVELOPE,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of()))
                .forEach(record.headers()::add);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var _ = producer.send(record);
        }
    }

    private static long recordsOn(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.bootstrapServers(), "allow.auto.create.topics", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }
}
