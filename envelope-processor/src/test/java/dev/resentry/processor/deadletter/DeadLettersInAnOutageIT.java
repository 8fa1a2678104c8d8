package dev.resentry.processor.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.processor.RunningProcessor;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole processor on a real broker, while its database refuses to store. */
@Timeout(120)
class DeadLettersInAnOutageIT {
    private static final int RETRIES = 3;

    private static RunningProcessor processor;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
        jdbc = processor.jdbc();
        refuseEnvelopes();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void aBadEnvelopeThatIsTriedAgainAndAgainIsOneDeadLetter() throws Exception {
        processor.send("rubbish");
        processor.send("{}\n{\"type\":\"event\"}\n{\"message\":\"fine\"}\n");
        await().atMost(Duration.ofSeconds(60)).until(() -> attempts() > RETRIES);

        jdbc.sql("DROP TRIGGER refuse ON envelopes").update();

        await().atMost(Duration.ofSeconds(60)).until(() -> processor.count("envelopes") == 2);
        assertThat(processor.count("events")).isEqualTo(1);
        assertThat(recordsOn(processor.topic("envelopes.dead")))
                .as("on topic envelopes.dead")
                .isZero();
        assertThat(processor.count("dead_letters WHERE reason = 'invalid_envelope'"))
                .isEqualTo(1);
        assertThat(processor.count("dead_letters")).isEqualTo(1);
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

    private static long recordsOn(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.shared().bootstrapServers(), "allow.auto.create.topics", false),
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
}
