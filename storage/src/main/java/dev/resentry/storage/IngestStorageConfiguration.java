package dev.resentry.storage;

import dev.resentry.storage.attachment.AttachmentWriter;
import dev.resentry.storage.blob.BlobConfiguration;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.deadletter.DeadLetterTopicStore;
import dev.resentry.storage.deadletter.DeadLetterWriter;
import dev.resentry.storage.envelope.EnvelopeWriter;
import dev.resentry.storage.envelope.ItemWriter;
import dev.resentry.storage.envelope.KnownEnvelopes;
import dev.resentry.storage.envelope.ReplayedEnvelopes;
import dev.resentry.storage.event.EventIdentityWriter;
import dev.resentry.storage.event.EventWriter;
import dev.resentry.storage.event.ExpiredEvents;
import dev.resentry.storage.event.ReplayedIdentities;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.issue.IssueWriter;
import dev.resentry.storage.issue.ReplayedIssues;
import dev.resentry.storage.issue.TouchedIssues;
import dev.resentry.storage.job.JobStorageConfiguration;
import dev.resentry.storage.ledger.CountedBefore;
import dev.resentry.storage.ledger.FateWriter;
import dev.resentry.storage.ledger.GatewayOutcomes;
import dev.resentry.storage.ledger.ReplayedTotals;
import dev.resentry.storage.ledger.TopicLedger;
import dev.resentry.storage.ledger.TotalsWriter;
import dev.resentry.storage.outbox.EventsOutbox;
import dev.resentry.storage.outbox.StoredItemsWriter;
import dev.resentry.storage.project.LivingProjects;
import dev.resentry.storage.replay.RawEnvelopes;
import dev.resentry.storage.replay.ReplayStore;
import dev.resentry.storage.replay.ReplayedIssueNotes;
import dev.resentry.storage.rollup.RollupRebuild;
import dev.resentry.storage.rollup.RollupWriter;
import dev.resentry.storage.span.SpanWriter;
import dev.resentry.storage.transaction.TransactionWriter;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What a service needs that writes what came from SDKs. */
@Configuration(proxyBeanMethods = false)
@Import({DatabaseConfiguration.class, BlobConfiguration.class, JobStorageConfiguration.class})
public class IngestStorageConfiguration {

    /** All that is written of a batch. A new kind of row is one writer more in {@link #tableWriters}. */
    public static List<BatchStep> steps(BlobStore blobs) {
        List<BatchStep> steps = new ArrayList<>(List.of(
                new LivingProjects(),
                new EnvelopeWriter(),
                new EventIdentityWriter(),
                new IssueWriter(),
                new DeadLetterWriter()));
        steps.addAll(tableWriters(blobs));
        steps.addAll(List.of(new StoredItemsWriter(), new RollupWriter(), new FateWriter(), new TotalsWriter()));
        return steps;
    }

    /** All that is rewritten when a batch is replayed: by the same writers, between steps that add nothing to what was counted. */
    public static List<BatchStep> replaySteps(BlobStore blobs) {
        List<BatchStep> steps = new ArrayList<>(List.of(
                new LivingProjects(),
                new KnownEnvelopes(),
                new CountedBefore(),
                new ExpiredEvents(),
                new ReplayedIdentities(),
                new ReplayedIssues(),
                new ReplayedEnvelopes()));
        steps.addAll(tableWriters(blobs));
        steps.addAll(List.of(new TouchedIssues(), new StoredItemsWriter(), new ReplayedTotals()));
        return steps;
    }

    /** The writers of tables whose rows are derived from envelopes. */
    private static List<BatchStep> tableWriters(BlobStore blobs) {
        return List.of(
                new EventWriter(),
                new TransactionWriter(),
                new SpanWriter(),
                new AttachmentWriter(blobs),
                new ItemWriter());
    }

    /** Takes a transaction manager of its own: JPA's, where there is one, brings a session nobody here needs. */
    @Bean
    BatchStore batchStore(DataSource dataSource, BlobStore blobs) {
        return new BatchStore(dataSource, new DataSourceTransactionManager(dataSource), steps(blobs));
    }

    @Bean
    RollupRebuild rollupRebuild(DataSource dataSource) {
        return new RollupRebuild(dataSource, new DataSourceTransactionManager(dataSource));
    }

    @Bean
    ReplayStore replayStore(DataSource dataSource, BlobStore blobs) {
        return new ReplayStore(dataSource, new DataSourceTransactionManager(dataSource), replaySteps(blobs));
    }

    @Bean
    RawEnvelopes rawEnvelopes(JdbcClient jdbc) {
        return new RawEnvelopes(jdbc);
    }

    @Bean
    ReplayedIssueNotes replayedIssueNotes(DataSource dataSource) {
        return new ReplayedIssueNotes(dataSource);
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
