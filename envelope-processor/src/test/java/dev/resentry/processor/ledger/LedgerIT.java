package dev.resentry.processor.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.OutcomeRecord;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.ledger.BrokerOffsets;
import dev.resentry.storage.ledger.LedgerBalance;
import dev.resentry.storage.ledger.LedgerQueries;
import dev.resentry.storage.ledger.TopicLedger;
import dev.resentry.storage.ledger.TopicLedger.PartitionBounds;
import dev.resentry.testsupport.server.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The books of a running processor, held against what the broker says. */
@Timeout(120)
class LedgerIT {
    private static RunningProcessor processor;
    private static LedgerQueries ledger;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
        ledger = new LedgerQueries(processor.jdbc());
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void whatIsAcceptedIsStoredDuplicateDroppedOrDeadAndTheItemsOfItAreToo() throws Exception {
        LedgerBalance before = balance();
        for (int i = 0; i < 5; i++) {
            processor.send(event(UUID.randomUUID()));
        }
        UUID twice = UUID.randomUUID();
        processor.send(event(twice));
        processor.send(event(twice));
        processor.send("rubbish");
        processor.send("{}\n{\"type\":\"event\"}\nno json\n{\"type\":\"never-heard-of\"}\n{}\n");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        EnvelopeId again = EnvelopeId.at(now);
        processor.send(again, now, event(UUID.randomUUID()).getBytes(UTF_8));
        processor.send(again, now, event(UUID.randomUUID()).getBytes(UTF_8));

        LedgerBalance after = await().atMost(Duration.ofSeconds(60))
                .until(
                        LedgerIT::balance,
                        balance -> balance.envelopes().accepted()
                                        >= before.envelopes().accepted() + 11
                                && balance.envelopes().inFlight() == 0);

        LedgerBalance.Envelopes envelopes = after.envelopes();
        assertThat(envelopes.difference()).isZero();
        assertThat(envelopes.stored() - before.envelopes().stored()).isEqualTo(9);
        assertThat(envelopes.dead() - before.envelopes().dead()).isEqualTo(1);
        assertThat(envelopes.duplicate() - before.envelopes().duplicate()).isEqualTo(1);
        LedgerBalance.Items items = after.items();
        assertThat(items.difference()).isZero();
        assertThat(items.found() - before.items().found()).isEqualTo(10);
        assertThat(items.duplicate() - before.items().duplicate()).isEqualTo(1);
        assertThat(items.dead() - before.items().dead()).isEqualTo(1);
    }

    @Test
    void aFateOrAnItemThatIsMissingShowsAsADifference() throws Exception {
        processor.send(event(UUID.randomUUID()));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            LedgerBalance balance = balance();
            return balance.envelopes().accepted() > 0
                    && balance.envelopes().inFlight() == 0
                    && balance.envelopes().difference() == 0;
        });

        processor
                .jdbc()
                .sql("CREATE TABLE fates_away AS SELECT * FROM topic_fates")
                .update();
        processor.jdbc().sql("DELETE FROM topic_fates").update();
        processor
                .jdbc()
                .sql("UPDATE outcome_totals SET items = items - 1 WHERE outcome = 'stored' AND category = 'error'")
                .update();
        try {
            LedgerBalance balance = balance();
            assertThat(balance.envelopes().difference())
                    .isEqualTo(balance.envelopes().accepted());
            assertThat(balance.items().difference()).isEqualTo(1);
        } finally {
            processor
                    .jdbc()
                    .sql("INSERT INTO topic_fates SELECT * FROM fates_away")
                    .update();
            processor.jdbc().sql("DROP TABLE fates_away").update();
            processor
                    .jdbc()
                    .sql("UPDATE outcome_totals SET items = items + 1 WHERE outcome = 'stored' AND category = 'error'")
                    .update();
        }
        assertThat(balance().envelopes().difference()).isZero();
    }

    @Test
    void whatRetentionTookBeforeItWasProcessedIsLostOnce() {
        TopicLedger topics = processor.bean(TopicLedger.class);
        UUID topicId = UUID.randomUUID();
        Instant at = Instant.now();
        topics.note("other", topicId, Map.of(0, new PartitionBounds(0, 100, 40L)), at);

        assertThat(topics.note("other", topicId, Map.of(0, new PartitionBounds(70, 120, 40L)), at))
                .containsExactly(Map.entry(0, 30L));
        assertThat(topics.note("other", topicId, Map.of(0, new PartitionBounds(70, 120, 40L)), at))
                .isEmpty();
        assertThat(processor
                        .jdbc()
                        .sql(
                                "SELECT first_offset || '-' || end_offset || ' ' || fate FROM topic_fates WHERE topic_id = :id")
                        .param("id", topicId)
                        .query(String.class)
                        .list())
                .containsExactly("40-70 lost");

        // Made anew, the topic has another id: what the old one still held is gone.
        assertThat(topics.note("other", UUID.randomUUID(), Map.of(0, new PartitionBounds(0, 0, null)), at))
                .containsExactly(Map.entry(0, 50L));
    }

    @Test
    void whatTheTopicLosesWhileNobodyReadsIsLostAndTheRestIsStored() throws Exception {
        processor.send(event(UUID.randomUUID()));
        LedgerBalance before = await().atMost(Duration.ofSeconds(60))
                .until(
                        LedgerIT::balance,
                        balance -> balance.envelopes().inFlight() == 0
                                && balance.envelopes().difference() == 0
                                && balance.envelopes().stored() > 0);

        processor.stopWhile(() -> {
            for (int i = 0; i < 10; i++) {
                processor.send(event(UUID.randomUUID()));
            }
            removeAllBut(3);
            return null;
        });
        ledger = new LedgerQueries(processor.jdbc());

        LedgerBalance after = await().atMost(Duration.ofSeconds(60))
                .until(
                        LedgerIT::balance,
                        balance -> balance.envelopes().inFlight() == 0
                                && balance.envelopes().stored()
                                        == before.envelopes().stored() + 3);
        assertThat(after.envelopes().lost() - before.envelopes().lost()).isEqualTo(7);
        assertThat(after.envelopes().difference()).isZero();
        assertThat(after.items().difference()).isZero();
        assertThat(processor
                        .bean(MeterRegistry.class)
                        .get("resentry.ledger.lost")
                        .counter()
                        .count())
                .isEqualTo(7);
    }

    /** As retention does: the broker moves the begin of the partition. */
    private static void removeAllBut(int records) throws Exception {
        var partition = new TopicPartition(processor.topic("envelopes"), 0);
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestServers.shared().bootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end - records)))
                    .all()
                    .get();
        }
    }

    @Test
    void whatGatewaysRefusedAndWhatClientsDroppedIsCountedOnce() throws Exception {
        var refused = new OutcomeRecord(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                new ProjectId(1),
                null,
                DataCategory.TRANSACTION,
                new Outcome.RateLimited("hourly"),
                7,
                UUID.randomUUID(),
                1);
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestServers.shared().bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 2; i++) {
                producer.send(new ProducerRecord<>(processor.topic("outcomes"), refused.key(), refused.value()))
                        .get();
            }
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        EnvelopeId id = EnvelopeId.at(now);
        byte[] report = ("{}\n{\"type\":\"client_report\"}\n{\"timestamp\":\"%s\",\"discarded_events\":"
                        + "[{\"reason\":\"queue_overflow\",\"category\":\"error\",\"quantity\":3},"
                        + "{\"reason\":\"sample_rate\",\"category\":\"transaction\",\"quantity\":4}]}\n")
                .formatted(now)
                .getBytes(UTF_8);
        processor.send(id, now, report);
        processor.send(id, now, report);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                processor.jdbc().sql("""
                                SELECT source || ' ' || category || ' ' || outcome || ' ' || reason || ' ' || quantity
                                FROM outcome_totals WHERE source <> 'processor' ORDER BY 1
                                """).query(String.class).list())
                        .containsExactly(
                                "client error client_discarded queue_overflow 3",
                                "client transaction client_discarded sample_rate 4",
                                "gateway transaction rate_limited hourly 7"));
    }

    private static String event(UUID id) {
        return "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{\"message\":\"of the ledger\"}\n"
                .formatted(id.toString().replace("-", ""));
    }

    private static LedgerBalance balance() {
        KafkaSettings kafka = processor.bean(KafkaSettings.class);
        TopicOffsets.Answer answer =
                processor.bean(TopicOffsets.class).ask(kafka.topics().envelopes(), kafka.processorGroup());
        return ledger.balance(
                null, null, Instant.now(), new BrokerOffsets(answer.topicId(), answer.ends(), answer.committed()));
    }
}
