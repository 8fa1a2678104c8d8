package dev.resentry.processor.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One project floods the topic while its events cannot be stored, or not fast. */
@Timeout(180)
class FairnessIT {
    private static final int FLOOD = 1_000;
    private static final int OTHERS = 10;
    private static final int SLOW_FLOOD = 1_500;

    @Test
    void aFloodThatIsStuckDoesNotDelayAnotherProjectAndIsStoredOnceInTheEnd() throws Exception {
        try (var processor = new RunningProcessor()) {
            processor.sendAll(List.of(event(processor, 1)));
            await().atMost(Duration.ofSeconds(60)).until(() -> processor.count("events") == 1);

            try (Connection connection = processor.bean(DataSource.class).getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                // The flood has one issue: none of its events can be counted on it.
                statement.execute("SELECT id FROM issues FOR UPDATE");
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                for (int i = 0; i < FLOOD; i++) {
                    records.add(event(processor, 1));
                    if (i >= FLOOD / 2 && i % (FLOOD / 2 / OTHERS) == 0) {
                        records.add(event(processor, 2));
                    }
                }
                processor.sendAll(records);

                await().atMost(Duration.ofSeconds(60))
                        .until(() -> processor.count("events WHERE project_id = 2") == OTHERS);
                assertThat(processor.count("events WHERE project_id = 1")).isEqualTo(1);
                connection.rollback();
            }

            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            processor.count("events") == FLOOD + OTHERS + 1 && processor.count("topic_fates") == 1);
            assertThat(processor
                            .jdbc()
                            .sql("SELECT fate || ' ' || end_offset FROM topic_fates")
                            .query(String.class)
                            .single())
                    .isEqualTo("stored " + (FLOOD + OTHERS + 1));
        }
    }

    @Test
    void aProjectThatSendsFiftyTimesTheRestDoesNotHaveThemWaitForItsBacklog() throws Exception {
        try (var processor = new RunningProcessor()) {
            processor.sendAll(List.of(event(processor, 1)));
            await().atMost(Duration.ofSeconds(60)).until(() -> processor.count("events") == 1);
            JdbcClient jdbc = processor.jdbc();
            // A store that takes 10 ms for each event of the flood: 15 seconds for all of it.
            jdbc.sql("""
                            CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS
                            $$ BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END $$
                            """).update();
            jdbc.sql("""
                            CREATE TRIGGER take_long BEFORE INSERT ON events
                            FOR EACH ROW WHEN (NEW.project_id = 1) EXECUTE FUNCTION take_long()
                            """).update();
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int i = 0; i < SLOW_FLOOD; i++) {
                records.add(event(processor, 1));
                if (i % 50 == 49) {
                    records.add(event(processor, 2));
                }
            }
            processor.sendAll(records);

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> processor.count("events WHERE project_id = 2") == SLOW_FLOOD / 50);
            assertThat(processor.count("events WHERE project_id = 1"))
                    .as("of the flood, stored before the last one of the other project")
                    .isLessThan(SLOW_FLOOD * 2 / 3);

            jdbc.sql("DROP FUNCTION take_long CASCADE").update();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> processor.count("events") == SLOW_FLOOD + SLOW_FLOOD / 50 + 1);
            assertThat(processor.balance().envelopes().difference()).isZero();
        }
    }

    @Test
    void recordsOfATopicThatWasMadeAnewAreNotTakenForThoseThatWereProcessedAheadOnTheOldOne() throws Exception {
        try (var processor = new RunningProcessor();
                Admin admin = Admin.create(Map.<String, Object>of(
                        "bootstrap.servers", TestServers.shared().bootstrapServers()))) {
            processor.sendAll(List.of(event(processor, 1)));
            await().atMost(Duration.ofSeconds(60)).until(() -> processor.count("events") == 1);
            try (Connection connection = processor.bean(DataSource.class).getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("SELECT id FROM issues FOR UPDATE");
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                for (int i = 0; i < FLOOD; i++) {
                    records.add(event(processor, i < FLOOD - OTHERS ? 1 : 2));
                }
                processor.sendAll(records);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> processor.count("events WHERE project_id = 2") == OTHERS);

                String topic = processor.topic("envelopes");
                admin.deleteTopics(List.of(topic)).all().get();
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                            .all()
                            .get();
                    return true;
                });
                connection.rollback();
            }
            processor.sendAll(List.of(event(processor, 2)));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> processor.count("events WHERE project_id = 2") == OTHERS + 1);
            long before = processor.count("events");
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int i = 0; i < FLOOD + OTHERS; i++) {
                records.add(event(processor, 1));
            }
            processor.sendAll(records);

            await().atMost(Duration.ofSeconds(60)).until(() -> processor.count("events") == before + FLOOD + OTHERS);
        }
    }

    private static ProducerRecord<byte[], byte[]> event(RunningProcessor processor, long project) {
        // Received a while ago: the consumers are behind.
        Instant at = Instant.now().minusSeconds(30).truncatedTo(ChronoUnit.MICROS);
        String body = "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{\"message\":\"of project %d\"}\n"
                .formatted(UUID.randomUUID().toString().replace("-", ""), project);
        return processor.record(project, EnvelopeId.at(at), at, body.getBytes(UTF_8));
    }
}
