package dev.resentry.processor.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.processor.RunningProcessor;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One project floods the topic while its events cannot be stored. */
@Timeout(180)
class FairnessIT {
    private static final int FLOOD = 1_000;
    private static final int OTHERS = 10;

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

    private static ProducerRecord<byte[], byte[]> event(RunningProcessor processor, long project) {
        // Received a while ago: the consumers are behind.
        Instant at = Instant.now().minusSeconds(30).truncatedTo(ChronoUnit.MICROS);
        String body = "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{\"message\":\"of project %d\"}\n"
                .formatted(UUID.randomUUID().toString().replace("-", ""), project);
        return processor.record(project, EnvelopeId.at(at), at, body.getBytes(UTF_8));
    }
}
