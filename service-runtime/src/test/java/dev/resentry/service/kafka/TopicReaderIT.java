package dev.resentry.service.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** On a real broker; what is read here is the topic of projects, which has one partition. */
@Timeout(120)
class TopicReaderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestServers servers = TestServers.shared();

    @Test
    void readsAWholeTopicKnowsWhenItHasCaughtUpAndFollowsItThroughAnOutage() throws Exception {
        KafkaSettings kafka = settings(servers.bootstrapServers());
        try (var topics = new TopicProvisioner(kafka)) {
            publish(kafka, topics, "a", "b", "c");
            var heard = new Heard();
            try (var reader = reader(kafka, topics, new ReadFrom.Beginning(), heard)) {
                reader.start();
                await().atMost(PATIENCE).until(() -> heard.contains("caught up"));
                publish(kafka, topics, "d");
                await().atMost(PATIENCE).until(() -> heard.contains("d"));

                servers.stopKafka();
                servers.startKafka();
                publish(kafka, topics, "e");
                await().atMost(PATIENCE).until(() -> heard.contains("e"));
            }
            assertThat(heard).containsExactly("replayed a", "replayed b", "replayed c", "caught up", "d", "e");
        }
    }

    @Test
    void hasCaughtUpAtOnceOnAnEmptyTopic() {
        KafkaSettings kafka = settings(servers.bootstrapServers());
        var heard = new Heard();
        try (var topics = new TopicProvisioner(kafka);
                var reader = reader(kafka, topics, new ReadFrom.Beginning(), heard)) {
            reader.start();
            await().atMost(PATIENCE).until(() -> heard.contains("caught up"));
        }
    }

    @Test
    void readsNoMoreThanTheLastRecordsAndWhatFollows() throws Exception {
        KafkaSettings kafka = settings(servers.bootstrapServers());
        try (var topics = new TopicProvisioner(kafka)) {
            publish(kafka, topics, "a", "b", "c", "d");
            var two = new Heard();
            var many = new Heard();
            try (var readerOfTwo = reader(kafka, topics, new ReadFrom.LastRecords(2), two);
                    var readerOfMany = reader(kafka, topics, new ReadFrom.LastRecords(100), many)) {
                readerOfTwo.start();
                readerOfMany.start();
                await().atMost(PATIENCE).until(() -> two.contains("caught up") && many.contains("caught up"));
                publish(kafka, topics, "e");
                await().atMost(PATIENCE).until(() -> two.contains("e") && many.contains("e"));
            }
            assertThat(two).containsExactly("replayed c", "replayed d", "caught up", "e");
            assertThat(many).containsExactly("replayed a", "replayed b", "replayed c", "replayed d", "caught up", "e");
        }
    }

    @Test
    void aFailureOfTheHandlerHasTheWholeTopicReadAnew() throws Exception {
        KafkaSettings kafka = settings(servers.bootstrapServers());
        try (var topics = new TopicProvisioner(kafka)) {
            publish(kafka, topics, "a", "b");
            var heard = new Heard();
            heard.failsAt("b");
            try (var reader = reader(kafka, topics, new ReadFrom.Beginning(), heard)) {
                reader.start();
                await().atMost(PATIENCE).until(() -> heard.contains("caught up"));
            }
            assertThat(heard).containsExactly("replayed a", "replayed a", "replayed b", "caught up");
        }
    }

    @Test
    void aConsumerGroupGoesOnBehindWhatWasHandledAndHandlesAgainWhatFailed() throws Exception {
        KafkaSettings kafka = settings(servers.bootstrapServers());
        var group = new ReadFrom.CommittedOffset(kafka.topicPrefix() + "group");
        try (var topics = new TopicProvisioner(kafka)) {
            publish(kafka, topics, "a", "b");
            var first = new Heard();
            first.failsAt("b");
            try (var reader = reader(kafka, topics, group, first)) {
                reader.start();
                await().atMost(PATIENCE).until(() -> first.contains("b"));
                publish(kafka, topics, "c");
                await().atMost(PATIENCE).until(() -> first.contains("c"));
            }
            // Handled means committed only after the batch: what was read last may come once more.
            assertThat(first).containsExactly("a", "a", "b", "c");

            publish(kafka, topics, "d");
            var second = new Heard();
            try (var reader = reader(kafka, topics, group, second)) {
                reader.start();
                await().atMost(PATIENCE).until(() -> second.contains("d"));
            }
            assertThat(second).doesNotContain("a", "b");
        }
    }

    @Test
    void stopsWhileThereIsNoBroker() {
        KafkaSettings kafka = settings("127.0.0.1:1");
        try (var topics = new TopicProvisioner(kafka)) {
            var reader = reader(kafka, topics, new ReadFrom.Beginning(), new Heard());
            reader.start();
            await().until(() -> isRunning("test-reader"));

            reader.close();

            assertThat(isRunning("test-reader")).isFalse();
        }
    }

    private static boolean isRunning(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(one -> one.getName().equals(thread));
    }

    private static TopicReader reader(
            KafkaSettings kafka, TopicProvisioner topics, ReadFrom from, RecordHandler handler) {
        return new TopicReader("test-reader", kafka, topics, kafka.topics().projects(), from, handler);
    }

    private KafkaSettings settings(String bootstrapServers) {
        return new KafkaSettings(
                bootstrapServers,
                servers.newTopicPrefix(),
                (short) 1,
                1,
                Duration.ofDays(1),
                DataSize.ofMegabytes(22),
                Map.of());
    }

    private static void publish(KafkaSettings kafka, TopicProvisioner topics, String... values) throws Exception {
        assertThat(topics.awaitProvisioned()).isTrue();
        try (var producer = new KafkaProducer<>(
                kafka.clientProperties("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(
                                kafka.topics().projects(), value.getBytes(UTF_8), value.getBytes(UTF_8)))
                        .get();
            }
        }
    }

    /** What a handler was called with; it may fail once, at one record. */
    private static final class Heard extends CopyOnWriteArrayList<String> implements RecordHandler {
        private static final long serialVersionUID = 1;
        private final AtomicBoolean fails = new AtomicBoolean();
        private volatile String failingAt = "";

        void failsAt(String value) {
            failingAt = value;
            fails.set(true);
        }

        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
            String value = new String(record.value(), UTF_8);
            if (value.equals(failingAt) && fails.compareAndSet(true, false)) {
                throw new IllegalStateException("fails once");
            }
            add(replayed ? "replayed " + value : value);
        }

        @Override
        public void caughtUp() {
            add("caught up");
        }
    }
}
