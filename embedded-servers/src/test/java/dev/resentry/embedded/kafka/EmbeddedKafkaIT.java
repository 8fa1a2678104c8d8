package dev.resentry.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedKafkaIT {
    private static final int TWENTY_MEBIBYTES = 20 * 1024 * 1024;

    @TempDir
    Path directory;

    @Test
    @Timeout(90)
    void keepsALargeRecordOverARestartOnTheSamePort() throws Exception {
        byte[] body = new byte[TWENTY_MEBIBYTES];
        body[TWENTY_MEBIBYTES - 1] = 42;
        int port;
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            port = kafka.port();
            createTopic(kafka);
            send(kafka, body);
        }

        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory).withPort(port))) {
            assertThat(kafka.port()).isEqualTo(port);
            assertThat(readOne(kafka).value()).isEqualTo(body);
        }
    }

    @Test
    @Timeout(90)
    void givesTheDirectoryBackWhenItsPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = EmbeddedKafkaSettings.in(directory);

            assertThatThrownBy(() -> EmbeddedKafka.start(settings.withPort(taken.getLocalPort())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "port %d of the loopback address cannot be used".formatted(taken.getLocalPort()));

            EmbeddedKafka.start(settings).close();
        }
    }

    @Test
    @Timeout(90)
    void startsOverWhenTheMakingOfItsStorageWasCutOff() throws Exception {
        Path half = Files.createDirectories(directory.resolve("log.half"));
        Files.writeString(half.resolve("bootstrap.checkpoint"), "half");

        EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory)).close();
    }

    /** What counts as safe from a power cut is what the broker notes as flushed, its recovery point. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(booleans = {true, false})
    @Timeout(90)
    void putsRecordsOnTheDiskSoonWhateverTheFlushPolicy(boolean everyMessage) throws Exception {
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory).withFlushEveryMessage(everyMessage))) {
            createTopic(kafka);
            send(kafka, new byte[] {1});
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(directory.resolve("log/recovery-point-offset-checkpoint"))
                            .content()
                            .contains("large 0 1"));

            send(kafka, new byte[] {2});
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(directory.resolve("log/recovery-point-offset-checkpoint"))
                            .content()
                            .contains("large 0 2"));
        }
    }

    @Test
    @Timeout(90)
    void makesNoTopicByItself() throws Exception {
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
                Admin admin = Admin.create(client(kafka))) {
            assertThatThrownBy(() -> send(kafka, new byte[] {1}))
                    .rootCause()
                    .isInstanceOfAny(UnknownTopicOrPartitionException.class, TimeoutException.class);

            assertThat(admin.listTopics().names().get()).doesNotContain("large");
        }
    }

    private static Map<String, Object> client(EmbeddedKafka kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(client(kafka))) {
            NewTopic topic = new NewTopic("large", 1, (short) 1)
                    .configs(Map.of("max.message.bytes", Integer.toString(TWENTY_MEBIBYTES + 1024 * 1024)));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void send(EmbeddedKafka kafka, byte[] body) throws Exception {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "acks",
                "all",
                "max.request.size",
                TWENTY_MEBIBYTES + 1024 * 1024,
                "max.block.ms",
                5_000);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("large", body)).get();
        }
    }

    private static ConsumerRecord<byte[], byte[]> readOne(EmbeddedKafka kafka) {
        try (var consumer =
                new KafkaConsumer<>(client(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition("large", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (true) {
                var records = consumer.poll(Duration.ofSeconds(1));
                if (!records.isEmpty()) {
                    return records.iterator().next();
                }
            }
        }
    }
}
