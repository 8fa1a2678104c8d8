package dev.resentry.gateway.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.outcome.RejectionReason;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.OutcomeRecord;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.testsupport.server.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

@Timeout(180)
class KafkaOutcomeReporterIT {
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final ProjectId SHOP = new ProjectId(7);
    private static final ProjectId OTHER = new ProjectId(8);

    @Test
    void totalsComeOutExactlyAlsoOverARestartOfTheBroker() throws Exception {
        TestServers servers = TestServers.shared();
        var kafka = new KafkaSettings(
                servers.bootstrapServers(),
                servers.newTopicPrefix(),
                (short) 1,
                3,
                Duration.ofDays(1),
                DataSize.ofMegabytes(22),
                Map.of());
        try (var topics = new TopicProvisioner(kafka)) {
            assertThat(topics.awaitProvisioned()).isTrue();
            try (var reporter = new KafkaOutcomeReporter(kafka, Clock.systemUTC(), UUID.randomUUID())) {
                report(reporter, 1_000);
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(totals(kafka)).containsEntry(limited(SHOP), 1_000L));

                servers.stopKafka();
                report(reporter, 3_000);
                servers.startKafka();
                report(reporter, 500);
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(totals(kafka)).containsEntry(limited(SHOP), 4_500L));

                report(reporter, 17);
            }

            assertThat(totals(kafka))
                    .containsOnly(
                            Map.entry(limited(SHOP), 4_517L),
                            Map.entry(limited(OTHER), 4_517L),
                            Map.entry("7 null attachment invalid too_large", 4_517L * 1024));
        }
    }

    @Test
    void waitsBoundedAndSaysSoWhileItsTopicIsAwayAndGoesOnWhenItIsMadeAnew() throws Exception {
        TestServers servers = TestServers.shared();
        var kafka = new KafkaSettings(
                servers.bootstrapServers(),
                servers.newTopicPrefix(),
                (short) 1,
                1,
                Duration.ofDays(1),
                DataSize.ofMegabytes(22),
                Map.of());
        try (var topics = new TopicProvisioner(kafka);
                var admin = Admin.create(kafka.clientProperties("test"));
                var reporter = new KafkaOutcomeReporter(kafka, Clock.systemUTC(), UUID.randomUUID())) {
            assertThat(topics.awaitProvisioned()).isTrue();
            report(reporter, 10);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(totals(kafka)).containsEntry(limited(SHOP), 10L));
            await().atMost(Duration.ofSeconds(10)).until(() -> reporter.waiting() == 0);

            String topic = kafka.topics().outcomes();
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !admin.listTopics().names().get().contains(topic));
            for (int i = 0; i < 50; i++) {
                report(reporter, 100);
            }
            assertThat(reporter.waiting()).isBetween(1, 6);
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            report(reporter, 7);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(totals(kafka)).containsEntry(limited(SHOP), 5_007L));
            assertThat(reporter.lost()).isZero();
        }
    }

    @Test
    @Timeout(60)
    void aStopIsNotHeldUpByAKafkaThatIsAway() {
        var kafka = new KafkaSettings(
                "127.0.0.1:1", "outcomes.", (short) 1, 3, Duration.ofDays(1), DataSize.ofMegabytes(22), Map.of());
        var reporter = new KafkaOutcomeReporter(kafka, Clock.systemUTC(), UUID.randomUUID());
        report(reporter, 10);

        reporter.close();

        assertThat(reporter.lost()).isEqualTo(10 + 10 + 10 * 1024);
    }

    private static void report(OutcomeReporter reporter, int times) {
        IntStream.range(0, times).parallel().forEach(_ -> {
            reporter.report(SHOP, KEY, DataCategory.ERROR, new Outcome.RateLimited("project_quota"), 1);
            reporter.report(OTHER, KEY, DataCategory.ERROR, new Outcome.RateLimited("project_quota"), 1);
            reporter.report(SHOP, null, DataCategory.ATTACHMENT, new Outcome.Invalid(RejectionReason.TOO_LARGE), 1024);
            reporter.report(SHOP, KEY, DataCategory.UNKNOWN, new Outcome.Invalid(RejectionReason.INVALID_JSON), 0);
        });
    }

    private static String limited(ProjectId project) {
        return "%s %s error rate_limited project_quota".formatted(project, KEY);
    }

    /** What a reader counts who takes every source and sequence once. */
    private static Map<String, Long> totals(KafkaSettings kafka) {
        Map<String, OutcomeRecord> records = new HashMap<>();
        try (var consumer = new KafkaConsumer<>(
                kafka.clientProperties("test"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, kafka.envelopePartitions())
                    .mapToObj(n -> new TopicPartition(kafka.topics().outcomes(), n))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    OutcomeRecord outcome = OutcomeRecord.read(record.value());
                    OutcomeRecord before = records.put(outcome.source() + "/" + outcome.sequence(), outcome);
                    assertThat(before).isIn(null, outcome);
                });
            }
        }
        Map<String, Long> totals = new HashMap<>();
        for (OutcomeRecord record : records.values()) {
            totals.merge(
                    "%s %s %s %s %s"
                            .formatted(
                                    record.project(),
                                    record.publicKey(),
                                    record.category().wireName(),
                                    record.outcome().wireName(),
                                    record.outcome().reasonName()),
                    record.quantity(),
                    Long::sum);
        }
        return totals;
    }
}
