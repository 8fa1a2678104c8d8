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
import java.util.List;
import java.util.Map;
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

        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres")))) {
            assertThat(countInTable(postgres)).isGreaterThan(last);
        }
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")))) {
            assertThat(countInTopic(kafka)).isGreaterThan(last);
        }
    }

    private int killAfterNumber(int number) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServersUnderLoad.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
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

    private static int countInTable(EmbeddedPostgres postgres) throws SQLException {
        try (var connection = postgres.connect("postgres");
                var statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM numbers")) {
            count.next();
            return count.getInt(1);
        }
    }

    private static long countInTopic(EmbeddedKafka kafka) {
        var partition = new TopicPartition(ServersUnderLoad.TOPIC, 0);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            return consumer.endOffsets(List.of(partition), Duration.ofSeconds(30))
                    .get(partition);
        }
    }
}
