package dev.resentry.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
                TWENTY_MEBIBYTES + 1024 * 1024);
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
