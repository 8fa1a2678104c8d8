package dev.resentry.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process that embeds the servers is killed while both are written to; the PostgreSQL it started lives on as an orphan. */
class KilledServersIT {
    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void everythingAcknowledgedIsThereAfterwards() throws Exception {
        int last = killAfterNumber(200);

        List<Integer> acknowledged = IntStream.rangeClosed(0, last).boxed().toList();
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres")))) {
            assertThat(numbersInTable(postgres)).startsWith(acknowledged.toArray(Integer[]::new));
        }
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")))) {
            assertThat(numbersInTopic(kafka)).startsWith(acknowledged.toArray(Integer[]::new));
        }
    }

    private int killAfterNumber(int number) throws IOException, InterruptedException {
        Process process = ForkedJava.start(ServersUnderLoad.class, directory.toString());
        int last = -1;
        try (BufferedReader lines = process.inputReader()) {
            while (last < number) {
                String line = lines.readLine();
                assertThat(line).as("the process ended early").isNotNull();
                if (line.matches("\\d+")) {
                    last = Integer.parseInt(line);
                }
            }
            process.destroyForcibly();
        }
        process.waitFor();
        return last;
    }

    private static List<Integer> numbersInTable(EmbeddedPostgres postgres) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (var connection = postgres.connect("postgres");
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT number FROM numbers ORDER BY number")) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }

    private static List<Integer> numbersInTopic(EmbeddedKafka kafka) {
        var partition = new TopicPartition(ServersUnderLoad.TOPIC, 0);
        List<Integer> numbers = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), Duration.ofSeconds(30))
                    .get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(sent -> numbers.add(Integer.parseInt(sent.value())));
            }
        }
        return numbers;
    }
}
