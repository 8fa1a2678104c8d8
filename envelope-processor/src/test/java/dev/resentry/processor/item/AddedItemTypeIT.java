package dev.resentry.processor.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.EnvelopePipeline;
import dev.resentry.processor.consume.BatchObserver;
import dev.resentry.processor.consume.EnvelopeBatch;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.ItemRow;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.testsupport.server.TestServers;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A new item type needs a handler, a table and a writer, and nothing else. */
@Timeout(120)
class AddedItemTypeIT {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");

    private static HikariDataSource pool;
    private static ExecutorService decoders;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                1,
                "",
                "",
                "",
                10,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        decoders = Executors.newFixedThreadPool(2);
        jdbc = JdbcClient.create(pool);
        jdbc.sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (1, 'one', 'One', 'active', 1, now(), now())
                        """).update();
        // As a migration would.
        jdbc.sql("""
                        CREATE TABLE temperatures (received_at timestamptz NOT NULL, project_id bigint NOT NULL, degrees bigint NOT NULL)
                        PARTITION BY RANGE (received_at)
                        """).update();
        jdbc.sql("INSERT INTO partitioned_tables VALUES ('temperatures')").update();
    }

    @AfterAll
    static void stop() {
        decoders.shutdown();
        pool.close();
    }

    @Test
    void itsRowIsStoredOnceHoweverOftenItsEnvelopeComes() {
        List<BatchStep> steps = new ArrayList<>(IngestStorageConfiguration.steps());
        // In front, so that its lock order and not its place decides when it runs.
        steps.addFirst(new TemperatureWriter());
        var pipeline = new EnvelopePipeline(
                new BoundedDecoder(10_000),
                new EnvelopeReader(EnvelopeLimits.DEFAULT),
                List.of(new TemperatureHandler()));
        var batch = new EnvelopeBatch(
                pipeline,
                new BatchStore(pool, new DataSourceTransactionManager(pool), steps),
                decoders,
                BatchObserver.NONE);
        ConsumerRecord<byte[], byte[]> record = record("{}\n{\"type\":\"temperature\"}\n21\n{\"type\":\"other\"}\nx\n");

        batch.process(List.of(record));
        batch.process(List.of(record));

        assertThat(jdbc.sql("SELECT project_id || ': ' || degrees FROM temperatures")
                        .query(String.class)
                        .list())
                .containsExactly("1: 21");
        assertThat(jdbc.sql("SELECT type || ': ' || outcome FROM envelope_items ORDER BY position")
                        .query(String.class)
                        .list())
                .containsExactly("temperature: stored", "other: stored");
    }

    private record Temperature(long degrees) implements ItemRow {
        @Override
        public long weight() {
            return 0;
        }
    }

    private static final class TemperatureHandler implements ItemHandler {
        @Override
        public Set<ItemType> types() {
            return Set.of(ItemType.of("temperature"));
        }

        @Override
        public ItemResult handle(EnvelopeItem item, ItemContext context) {
            long degrees = Long.parseLong(new String(item.payload().toByteArray(), UTF_8));
            return new ItemResult.Stored(null, List.of(new Temperature(degrees)));
        }
    }

    private static final class TemperatureWriter implements BatchStep {
        @Override
        public LockOrder lockOrder() {
            return LockOrder.ROWS;
        }

        @Override
        public void write(BatchContext batch) throws SQLException {
            var rows = new ColumnArrays<BatchRow<Temperature>>(batch.connection(), batch.rows(Temperature.class));
            try (PreparedStatement insert =
                    batch.connection().prepareStatement("""
                    INSERT INTO temperatures SELECT %s, project_id, degrees
                    FROM unnest(?, ?, ?) AS new(received_at, project_id, degrees)
                    """.formatted(ColumnArrays.instant("received_at")))) {
                insert.setArray(1, rows.micros(row -> row.receipt().receivedAt()));
                insert.setArray(2, rows.longs(row -> row.receipt().projectId().value()));
                insert.setArray(3, rows.longs(row -> row.row().degrees()));
                insert.executeUpdate();
            }
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(String body) {
        var record = new ConsumerRecord<byte[], byte[]>("envelopes", 0, 0, null, body.getBytes(UTF_8));
        EnvelopeRecord.headers(new Receipt(
                        EnvelopeId.at(NOW),
                        new ProjectId(1),
                        new PublicKey("e12d836b15bb49d7bbf99e64295d995b"),
                        NOW,
                        Endpoint.ENVELOPE,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of()))
                .forEach(record.headers()::add);
        return record;
    }
}
