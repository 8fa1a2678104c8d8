package dev.resentry.processor.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.ItemRow;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A new item type needs a handler, a table and a writer, and nothing else. */
@Timeout(120)
class AddedItemTypeIT {
    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor(TemperatureConfiguration.class);
        // As a migration would.
        processor.jdbc().sql("""
                        CREATE TABLE temperatures (received_at timestamptz NOT NULL, project_id bigint NOT NULL, degrees bigint NOT NULL)
                        PARTITION BY RANGE (received_at)
                        """).update();
        processor
                .jdbc()
                .sql("INSERT INTO partitioned_tables VALUES ('temperatures')")
                .update();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void itsRowIsStoredOnceHoweverOftenItsEnvelopeComes() throws Exception {
        Instant receivedAt = Instant.parse("2026-11-20T12:00:00.123456Z");
        EnvelopeId id = EnvelopeId.at(receivedAt);
        byte[] envelope = "{}\n{\"type\":\"temperature\"}\n21\n{\"type\":\"other\"}\nx\n".getBytes(UTF_8);

        processor.send(id, receivedAt, envelope);
        processor.send(id, receivedAt, envelope);
        // The last record of the only partition: once it is stored, the others were read.
        processor.send("{}\n{\"type\":\"last\"}\nx\n");
        await().atMost(Duration.ofSeconds(60)).until(() -> processor.count("envelope_items WHERE type = 'last'") == 1);

        assertThat(texts("SELECT project_id || ': ' || degrees FROM temperatures"))
                .containsExactly("1: 21");
        assertThat(texts("SELECT type || ': ' || outcome FROM envelope_items WHERE type <> 'last' ORDER BY position"))
                .containsExactly("temperature: stored", "other: stored");
    }

    private static List<String> texts(String query) {
        return processor.jdbc().sql(query).query(String.class).list();
    }

    @Configuration(proxyBeanMethods = false)
    static class TemperatureConfiguration {
        @Bean
        ItemHandler temperatureHandler() {
            return new TemperatureHandler();
        }

        /** In front of the other steps, so that its lock order and not its place decides when it runs. */
        @Bean
        @Primary
        BatchStore batchStoreWithTemperatures(DataSource dataSource, BlobStore blobs) {
            List<BatchStep> steps = new ArrayList<>(IngestStorageConfiguration.steps(blobs));
            steps.addFirst(new TemperatureWriter());
            return new BatchStore(dataSource, new DataSourceTransactionManager(dataSource), steps);
        }
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
}
