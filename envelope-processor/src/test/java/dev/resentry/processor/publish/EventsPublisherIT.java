package dev.resentry.processor.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.DataChange;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.model.wire.ProcessedRecordJson;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The records that a processor publishes to topic {@code events}. */
@Timeout(180)
class EventsPublisherIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RunningProcessor processor;
    private static KafkaConsumer<byte[], byte[]> reader;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
        reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.shared().bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partition = new TopicPartition(processor.topic("events"), 0);
        reader.assign(List.of(partition));
        reader.seekToBeginning(List.of(partition));
    }

    @AfterAll
    static void stop() {
        reader.close();
        processor.close();
    }

    @Test
    void eachStoredItemAndEachNewIssueIsPublishedOnceHoweverOftenAnEnvelopeComes() throws Exception {
        Instant receivedAt = Instant.parse("2026-11-20T10:11:12.345678Z");
        EnvelopeId id = EnvelopeId.at(receivedAt);
        byte[] envelope = """
                {"event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}
                {"type":"event"}
                {"message":"gone","release":"shop@1.2","environment":"production","tags":{"browser":"Firefox"}}
                {"type":"client_report"}
                {}
                """.getBytes(UTF_8);
        processor.send(id, receivedAt, envelope);
        processor.send(id, receivedAt, envelope);
        // The same event again, as an SDK's retry: a duplicate, for which nothing is published.
        processor.send(EnvelopeId.at(receivedAt), receivedAt, envelope);

        List<ProcessedRecord> records = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            reader.poll(Duration.ofMillis(200))
                    .forEach(record ->
                            records.add(ProcessedRecordJson.read(record.value()).orElseThrow()));
            assertThat(records).hasSize(5);
            assertThat(processor.count("envelopes")).isEqualTo(2);
            assertThat(processor.count("events_outbox")).isZero();
        });

        assertThat(records)
                .allSatisfy(record -> assertThat(record.origin().cause()).isEqualTo(Cause.LIVE));
        assertThat(records)
                .extracting(record -> switch (record) {
                    case IssueActivity issue -> "issue " + issue.kind() + " " + issue.title();
                    case ItemStored item -> item.itemType() + " " + item.position();
                    case ReleaseActivity release -> "release " + release.step() + " " + release.version();
                    case AlertFired alert -> "alert " + alert.ruleName();
                    case DataChange change -> "data " + change.origin().projectId();
                })
                .containsExactlyInAnyOrder(
                        "issue NEW gone", "release CREATED shop@1.2", "event 0", "client_report 1", "client_report 1");
        assertThat(records)
                .filteredOn(record -> record instanceof ItemStored item && item.event() != null)
                .singleElement()
                .isInstanceOfSatisfying(ItemStored.class, item -> {
                    assertThat(item.envelopeId()).isEqualTo(id);
                    assertThat(item.event().release()).isEqualTo("shop@1.2");
                    assertThat(item.event().environment()).isEqualTo("production");
                    assertThat(item.event().tags()).containsEntry("browser", "Firefox");
                    assertThat(item.keyText()).isEqualTo("1/" + item.event().issueId());
                });
        assertThat(reader.poll(Duration.ofSeconds(1)).count())
                .as("told afterwards")
                .isZero();
    }
}
