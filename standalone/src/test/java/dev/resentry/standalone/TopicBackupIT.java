package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.backup.DatabaseRestore;
import dev.resentry.storage.backup.DatabaseSnapshot;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Where processors read on after a restore: on a new topic, and on one that outlived the tables. */
class TopicBackupIT {
    private static final int RECORDS = 10;

    private final TestServers servers = TestServers.shared().startBoth();
    private final KafkaSettings kafka = kafka();
    private final String databaseUrl = servers.newDatabaseUrl();

    @BeforeEach
    void fill() throws Exception {
        try (var topics = new TopicProvisioner(kafka)) {
            assertThat(topics.awaitProvisioned()).isTrue();
        }
        try (var producer = new EnvelopesProducer(kafka)) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(
                        kafka.topics().envelopes(),
                        i % 2,
                        1_000_000_000_000L + i,
                        null,
                        Integer.toString(i).getBytes(UTF_8)));
            }
            producer.flush();
        }
        // Of partition 0 (0 2 4 6 8) are processed 0 2 and, ahead, 6; of partition 1 none.
        try (HikariDataSource pool = pool()) {
            new SchemaMigration(pool).migrate();
            UUID id = ask(kafka).topicId();
            execute(pool, "INSERT INTO topic_partitions VALUES (?, 0, 'envelopes', 0, 2, now())", id);
            execute(pool, "INSERT INTO topic_fates VALUES (?, 0, 0, 2, 'stored')", id);
            execute(pool, "INSERT INTO topic_fates VALUES (?, 0, 3, 4, 'stored')", id);
        }
    }

    @Test
    void onANewTopicWhatWasProcessedStandsBehindThePlaceOfTheProcessors() throws IOException {
        byte[] saved = save();
        KafkaSettings other = kafka();
        var restore = new TopicRestore(other);
        assertThat(restore.survivor(List.of(ask(kafka).topicId()))).isEmpty();

        assertThat(restore.publish(() -> new ByteArrayInputStream(saved))).isEqualTo(RECORDS);

        TopicOffsets.Answer answer = ask(other);
        assertThat(answer.committed()).isEqualTo(Map.of(0, 3L, 1, 0L));
        assertThat(values(other, 0)).containsExactly("0", "2", "6", "4", "8");
        assertThat(values(other, 1)).containsExactly("1", "3", "5", "7", "9");
    }

    @Test
    void onATopicThatOutlivedTheTablesProcessorsReadOnWhereTheTablesEnd() throws IOException {
        var restore = new TopicRestore(kafka);
        UUID id = ask(kafka).topicId();

        assertThat(restore.survivor(List.of(id))).contains(id);
        try (var database = new DatabaseRestore(DatabaseAddress.parse(databaseUrl))) {
            restore.readOnFrom(database.progress(id).nextOffsets(), Instant.now());
        }

        assertThat(ask(kafka).committed()).isEqualTo(Map.of(0, 2L, 1, 0L));
    }

    @Test
    void aTopicOfAnotherInstallationIsRefused() {
        assertThatThrownBy(() -> new TopicRestore(kafka).survivor(List.of(new UUID(1, 1))))
                .isInstanceOf(UserFacingException.class)
                .hasMessageContaining("holds 10 records that the backup knows nothing of");
    }

    @Test
    void theDoctorSaysWhatWaitsAndThatNobodyProcessesIt() {
        var said = new ByteArrayOutputStream();
        var findings = new Findings(new PrintStream(said, true, UTF_8));

        new KafkaDoctor(findings).look(kafka);
        new DatabaseDoctor(findings).look(database());

        assertThat(said.toString(UTF_8))
                .contains("FAIL  Lag       10 envelopes wait, 0 consumer(s) in group " + kafka.processorGroup())
                .contains("ok    Topics    " + kafka.topics().envelopes() + ": 2 partition(s), 1 replica(s)")
                .contains("ok    Database  its schema is current")
                .contains("ok    Clock     ");
        assertThat(findings.failures()).isEqualTo(1);
    }

    private byte[] save() throws IOException {
        try (var snapshot = DatabaseSnapshot.take(DatabaseAddress.parse(databaseUrl))) {
            var topic = TopicBackup.begin(kafka, snapshot::progress);
            var out = new ByteArrayOutputStream();
            assertThat(topic.write(out)).isEqualTo(new TopicBackup.Written(RECORDS, 3));
            assertThat(topic.ends()).isEqualTo(Map.of(0, 5L, 1, 5L));
            return out.toByteArray();
        }
    }

    private static List<String> values(KafkaSettings kafka, int partition) {
        Map<String, Object> properties = kafka.clientProperties("test");
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var from = new TopicPartition(kafka.topics().envelopes(), partition);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            long end = consumer.endOffsets(List.of(from)).getOrDefault(from, 0L);
            List<String> values = new ArrayList<>();
            while (values.size() < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(new String(record.value(), UTF_8));
                    assertThat(record.timestamp()).isEqualTo(1_000_000_000_000L + Long.parseLong(values.getLast()));
                }
            }
            return values;
        }
    }

    private static TopicOffsets.Answer ask(KafkaSettings kafka) {
        try (var offsets = new TopicOffsets(kafka, "test-offsets")) {
            return offsets.ask(kafka.topics().envelopes(), kafka.processorGroup());
        }
    }

    private KafkaSettings kafka() {
        return new KafkaSettings(
                servers.bootstrapServers(),
                servers.newTopicPrefix(),
                (short) 1,
                2,
                Duration.ofDays(36_500),
                DataSize.ofMegabytes(22),
                Map.of());
    }

    private DatabaseSettings database() {
        return new DatabaseSettings(databaseUrl, "", 1, "", "", "", 4, Duration.ofSeconds(5), Environment.DEVELOPMENT);
    }

    private HikariDataSource pool() {
        return DatabaseConfiguration.pool(database());
    }

    private static void execute(HikariDataSource pool, String sql, UUID id) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }
}
