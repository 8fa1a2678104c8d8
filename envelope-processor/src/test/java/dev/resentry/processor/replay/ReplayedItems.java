package dev.resentry.processor.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.processor.item.EnvelopePipeline;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.processor.project.ProjectRules;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.Column;
import dev.resentry.storage.ingest.DerivedTable;
import dev.resentry.storage.ingest.ItemRow;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.replay.ReplayStore;
import dev.resentry.storage.retention.Retention;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Handlers as they were before a bug was fixed and before a type was known, and as they are after it. */
@Configuration(proxyBeanMethods = false)
class ReplayedItems {
    static volatile boolean normalisesWrongly;
    static volatile boolean knowsTemperatures;
    static volatile boolean failsOnTemperatures;
    static volatile boolean failsToStoreTemperatures;

    @Bean
    @Primary
    EnvelopePipeline changingPipeline(List<ItemHandler> handlers, ProjectRules.Source rules) {
        List<ItemHandler> changing = new ArrayList<>(List.of(new TemperatureHandler()));
        for (ItemHandler handler : handlers) {
            boolean ofEvents = handler.types().contains(ItemType.Known.EVENT);
            changing.add(ofEvents ? new ChangingEventHandler(handler) : handler);
        }
        return new EnvelopePipeline(
                new BoundedDecoder(10_000_000), new EnvelopeReader(EnvelopeLimits.DEFAULT), changing, rules);
    }

    @Bean
    @Primary
    ReplayStore replayStoreWithTemperatures(DataSource dataSource, BlobStore blobs) {
        List<BatchStep> steps = new ArrayList<>(IngestStorageConfiguration.replaySteps(blobs));
        // Behind the steps that find what is to be rewritten.
        steps.add(steps.size() - 3, new TemperatureWriter());
        return new ReplayStore(dataSource, new DataSourceTransactionManager(dataSource), steps, Retention.unlimited());
    }

    private static final class ChangingEventHandler implements ItemHandler {
        private final ItemHandler right;

        ChangingEventHandler(ItemHandler right) {
            this.right = right;
        }

        @Override
        public Set<ItemType> types() {
            return right.types();
        }

        @Override
        public ItemResult handle(EnvelopeItem item, ItemContext context) {
            if (!normalisesWrongly) {
                return right.handle(item, context);
            }
            String json = new String(item.payload().toByteArray(), UTF_8);
            String wrong = json.replace("\"message\":\"", "\"message\":\"normalised wrongly: ");
            return right.handle(EnvelopeItem.of(item.header(), Payload.of(wrong.getBytes(UTF_8))), context);
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
            if (failsOnTemperatures) {
                throw new IllegalStateException("too hot");
            }
            if (!knowsTemperatures) {
                return new ItemResult.Kept(null);
            }
            long degrees = Long.parseLong(new String(item.payload().toByteArray(), UTF_8));
            return new ItemResult.Stored(null, List.of(new Temperature(degrees)));
        }
    }

    private static final class TemperatureWriter implements BatchStep {
        private static final DerivedTable<BatchRow<Temperature>> TABLE = DerivedTable.of(
                "temperatures",
                List.of("received_at", "envelope_id"),
                List.of(
                        Column.instant("received_at", row -> receipt(row).receivedAt()),
                        Column.uuid("envelope_id", row -> receipt(row).id().value()),
                        Column.bigint("degrees", row -> row.row().degrees())));

        private static Receipt receipt(BatchRow<Temperature> row) {
            return row.receipt();
        }

        @Override
        public LockOrder lockOrder() {
            return LockOrder.ROWS;
        }

        @Override
        public void write(BatchContext batch) throws SQLException {
            List<BatchRow<Temperature>> rows = batch.rows(Temperature.class);
            if (failsToStoreTemperatures && !rows.isEmpty()) {
                throw new IllegalStateException("no room for temperatures");
            }
            batch.write(TABLE, rows);
        }
    }
}
