package dev.resentry.storage;

import dev.resentry.storage.attachment.AttachmentWriter;
import dev.resentry.storage.blob.BlobConfiguration;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.deadletter.DeadLetterTopicStore;
import dev.resentry.storage.deadletter.DeadLetterWriter;
import dev.resentry.storage.envelope.EnvelopeWriter;
import dev.resentry.storage.envelope.ItemWriter;
import dev.resentry.storage.event.EventIdentityWriter;
import dev.resentry.storage.event.EventWriter;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.issue.IssueWriter;
import dev.resentry.storage.ledger.FateWriter;
import dev.resentry.storage.ledger.GatewayOutcomes;
import dev.resentry.storage.ledger.TopicLedger;
import dev.resentry.storage.ledger.TotalsWriter;
import dev.resentry.storage.outbox.EventsOutbox;
import dev.resentry.storage.outbox.StoredItemsWriter;
import dev.resentry.storage.project.LivingProjects;
import dev.resentry.storage.rollup.RollupWriter;
import dev.resentry.storage.span.SpanWriter;
import dev.resentry.storage.transaction.TransactionWriter;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What a service needs that writes what came from SDKs. */
@Configuration(proxyBeanMethods = false)
@Import({DatabaseConfiguration.class, BlobConfiguration.class})
public class IngestStorageConfiguration {

    /** All that is written of a batch. A new kind of row is one step more. */
    public static List<BatchStep> steps(BlobStore blobs) {
        return List.of(
                new LivingProjects(),
                new EnvelopeWriter(),
                new EventIdentityWriter(),
                new IssueWriter(),
                new DeadLetterWriter(),
                new EventWriter(),
                new TransactionWriter(),
                new SpanWriter(),
                new AttachmentWriter(blobs),
                new ItemWriter(),
                new StoredItemsWriter(),
                new RollupWriter(),
                new FateWriter(),
                new TotalsWriter());
    }

    /** Takes a transaction manager of its own: JPA's, where there is one, brings a session nobody here needs. */
    @Bean
    BatchStore batchStore(DataSource dataSource, BlobStore blobs) {
        return new BatchStore(dataSource, new DataSourceTransactionManager(dataSource), steps(blobs));
    }

    @Bean
    EventsOutbox eventsOutbox(DataSource dataSource) {
        return new EventsOutbox(dataSource);
    }

    @Bean
    DeadLetterTopicStore deadLetterTopicStore(DataSource dataSource) {
        return new DeadLetterTopicStore(dataSource, new DataSourceTransactionManager(dataSource));
    }

    @Bean
    TopicLedger topicLedger(DataSource dataSource) {
        return new TopicLedger(dataSource, new DataSourceTransactionManager(dataSource));
    }

    @Bean
    GatewayOutcomes gatewayOutcomes(DataSource dataSource) {
        return new GatewayOutcomes(dataSource, new DataSourceTransactionManager(dataSource));
    }
}
