package dev.resentry.storage;

import dev.resentry.storage.alert.AlertEngineStorageConfiguration;
import dev.resentry.storage.artifact.ArtifactStorageConfiguration;
import dev.resentry.storage.artifact.MissingSourceMapsWriter;
import dev.resentry.storage.attachment.AttachmentWriter;
import dev.resentry.storage.blob.BlobConfiguration;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.blob.BlobSweep;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.deadletter.ClosedLetters;
import dev.resentry.storage.deadletter.DeadLetterClaim;
import dev.resentry.storage.deadletter.DeadLetterResult;
import dev.resentry.storage.deadletter.DeadLetterRetries;
import dev.resentry.storage.deadletter.DeadLetterTopicStore;
import dev.resentry.storage.deadletter.DeadLetterWriter;
import dev.resentry.storage.deadletter.ReplayedLetters;
import dev.resentry.storage.delivery.DeliveryQueue;
import dev.resentry.storage.delivery.DeliveryRetries;
import dev.resentry.storage.delivery.DeliveryStorageConfiguration;
import dev.resentry.storage.disk.DiskConfiguration;
import dev.resentry.storage.envelope.DroppedEnvelopeRemoval;
import dev.resentry.storage.envelope.EnvelopeWriter;
import dev.resentry.storage.envelope.ItemWriter;
import dev.resentry.storage.envelope.KeptItems;
import dev.resentry.storage.envelope.KnownEnvelopes;
import dev.resentry.storage.envelope.ReplayedEnvelopes;
import dev.resentry.storage.envelope.RetriedItemWriter;
import dev.resentry.storage.event.DeletedEvents;
import dev.resentry.storage.event.EventIdentityWriter;
import dev.resentry.storage.event.EventWriter;
import dev.resentry.storage.event.ExpiredEvents;
import dev.resentry.storage.event.PayloadCap;
import dev.resentry.storage.event.ReplayedIdentities;
import dev.resentry.storage.expiry.ExpiredEnvelopes;
import dev.resentry.storage.expiry.ExpiryRun;
import dev.resentry.storage.feedback.FeedbackWriter;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.issue.GroupingStrategies;
import dev.resentry.storage.issue.IssueWriter;
import dev.resentry.storage.issue.RenamedIssues;
import dev.resentry.storage.issue.ReplayedIssues;
import dev.resentry.storage.issue.TouchedIssues;
import dev.resentry.storage.issue.state.IssueStateSweep;
import dev.resentry.storage.issue.state.IssueStateWriter;
import dev.resentry.storage.job.JobStorageConfiguration;
import dev.resentry.storage.ledger.CountedBefore;
import dev.resentry.storage.ledger.FateWriter;
import dev.resentry.storage.ledger.GatewayOutcomes;
import dev.resentry.storage.ledger.ReplayedTotals;
import dev.resentry.storage.ledger.RetriedFateWriter;
import dev.resentry.storage.ledger.RetriedItemTotals;
import dev.resentry.storage.ledger.TopicLedger;
import dev.resentry.storage.ledger.TotalsWriter;
import dev.resentry.storage.log.LogWriter;
import dev.resentry.storage.monitor.CheckInWriter;
import dev.resentry.storage.monitor.MonitorIncidents;
import dev.resentry.storage.monitor.MonitorSweep;
import dev.resentry.storage.outbox.EventsOutbox;
import dev.resentry.storage.outbox.StoredItemsWriter;
import dev.resentry.storage.person.DeletedPersons;
import dev.resentry.storage.process.ProcessConfiguration;
import dev.resentry.storage.project.LivingProjects;
import dev.resentry.storage.project.ProcessingStorageConfiguration;
import dev.resentry.storage.release.ReleaseWriter;
import dev.resentry.storage.replay.RawEnvelopes;
import dev.resentry.storage.replay.ReplayStore;
import dev.resentry.storage.replay.ReplayedIssueNotes;
import dev.resentry.storage.replay.TouchedTransactions;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.retention.RetentionConfiguration;
import dev.resentry.storage.rollup.RollupRebuild;
import dev.resentry.storage.rollup.RollupWriter;
import dev.resentry.storage.rollup.TransactionRollupWriter;
import dev.resentry.storage.search.TagIndexes;
import dev.resentry.storage.session.SessionWriter;
import dev.resentry.storage.span.SpanWriter;
import dev.resentry.storage.spike.SpikeStorageConfiguration;
import dev.resentry.storage.transaction.TransactionWriter;
import dev.resentry.storage.uptime.UptimeOutages;
import dev.resentry.storage.uptime.UptimeSchedule;
import dev.resentry.storage.webhook.WebhookStorageConfiguration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What a service needs that writes what came from SDKs. */
@Configuration(proxyBeanMethods = false)
@Import({
    SpikeStorageConfiguration.class,
    ProcessingStorageConfiguration.class,
    DatabaseConfiguration.class,
    BlobConfiguration.class,
    ArtifactStorageConfiguration.class,
    JobStorageConfiguration.class,
    RetentionConfiguration.class,
    DiskConfiguration.class,
    DeliveryStorageConfiguration.class,
    WebhookStorageConfiguration.class,
    ProcessConfiguration.class,
    AlertEngineStorageConfiguration.class
})
public class IngestStorageConfiguration {

    /** All that is written of a batch. A new kind of row is one writer more in {@link #tableWriters}. */
    public static List<BatchStep> steps(BlobStore blobs) {
        List<BatchStep> steps = new ArrayList<>(List.of(
                new ExpiredEnvelopes(),
                new LivingProjects(),
                new DeletedPersons(),
                new EnvelopeWriter(),
                new EventIdentityWriter(),
                new ReleaseWriter(),
                new MissingSourceMapsWriter(),
                new IssueWriter(),
                new PayloadCap(),
                new DeadLetterWriter()));
        steps.addAll(tableWriters(blobs));
        steps.addAll(List.of(
                new StoredItemsWriter(),
                new RollupWriter(),
                new TransactionRollupWriter(),
                new IssueStateWriter(),
                new FateWriter(),
                new TotalsWriter()));
        return steps;
    }

    /** All that is rewritten when a batch is replayed: by the same writers, between steps that add nothing to what was counted. */
    public static List<BatchStep> replaySteps(BlobStore blobs) {
        List<BatchStep> steps = new ArrayList<>(List.of(
                new ExpiredEnvelopes(),
                new LivingProjects(),
                new ReplayedLetters(),
                new DeletedPersons(),
                new KnownEnvelopes(),
                new KeptItems(),
                new CountedBefore(),
                new ExpiredEvents(),
                new ReplayedIdentities(),
                new DeletedEvents(),
                new ReleaseWriter(),
                new MissingSourceMapsWriter(),
                new ReplayedIssues(),
                new PayloadCap(),
                new ReplayedEnvelopes(),
                // Looks at the rows of transactions before their writer does.
                new TouchedTransactions()));
        steps.addAll(tableWriters(blobs));
        steps.addAll(List.of(
                new TouchedIssues(),
                new RenamedIssues(),
                new StoredItemsWriter(),
                new ClosedLetters(),
                new ReplayedTotals()));
        return steps;
    }

    /** The writers of tables whose rows are derived from envelopes. */
    private static List<BatchStep> tableWriters(BlobStore blobs) {
        return List.of(
                new EventWriter(),
                new TransactionWriter(),
                new SpanWriter(),
                new LogWriter(),
                new AttachmentWriter(blobs),
                new FeedbackWriter(),
                new ItemWriter(),
                new SessionWriter(),
                new CheckInWriter());
    }

    /** All that is written when the record of a dead letter is processed once more: all but its place in the ledger is new. */
    static List<BatchStep> retrySteps(List<BatchStep> steps) {
        List<BatchStep> retry = new ArrayList<>();
        for (BatchStep step : steps) {
            switch (step) {
                case LivingProjects _ -> retry.addAll(List.of(step, new DeadLetterClaim()));
                case EnvelopeWriter _ -> retry.addAll(List.of(new DroppedEnvelopeRemoval(), step));
                case FateWriter _ -> retry.add(new RetriedFateWriter());
                default -> retry.add(step);
            }
        }
        retry.add(new DeadLetterResult());
        return retry;
    }

    /** All that is written when one item of a stored envelope is processed once more. */
    static List<BatchStep> itemRetrySteps(List<BatchStep> steps) {
        List<BatchStep> retry = new ArrayList<>();
        for (BatchStep step : steps) {
            switch (step) {
                case LivingProjects _ -> retry.addAll(List.of(step, new DeadLetterClaim()));
                case EnvelopeWriter _, DeadLetterWriter _, FateWriter _ -> {}
                case ItemWriter _ -> retry.add(new RetriedItemWriter());
                case TotalsWriter _ -> retry.add(new RetriedItemTotals());
                default -> retry.add(step);
            }
        }
        retry.add(new DeadLetterResult());
        return retry;
    }

    @Bean
    DeadLetterRetries deadLetterRetries(DataSource dataSource, BlobStore blobs, Retention retention) {
        return new DeadLetterRetries(
                dataSource,
                new DataSourceTransactionManager(dataSource),
                retrySteps(steps(blobs)),
                itemRetrySteps(steps(blobs)),
                retention);
    }

    /** Takes a transaction manager of its own: JPA's, where there is one, brings a session nobody here needs. */
    @Bean
    BatchStore batchStore(DataSource dataSource, BlobStore blobs, Retention retention) {
        return new BatchStore(dataSource, new DataSourceTransactionManager(dataSource), steps(blobs), retention);
    }

    @Bean
    ExpiryRun expiryRun(DataSource dataSource, BlobSweep blobs, Retention retention) {
        return new ExpiryRun(dataSource, new DataSourceTransactionManager(dataSource), blobs, retention);
    }

    @Bean
    TagIndexes tagIndexes(DataSource dataSource) {
        return new TagIndexes(dataSource);
    }

    @Bean
    IssueStateSweep issueStateSweep(DataSource dataSource) {
        return new IssueStateSweep(dataSource, new DataSourceTransactionManager(dataSource));
    }

    @Bean
    RollupRebuild rollupRebuild(DataSource dataSource) {
        return new RollupRebuild(dataSource, new DataSourceTransactionManager(dataSource));
    }

    @Bean
    ReplayStore replayStore(DataSource dataSource, BlobStore blobs, Retention retention) {
        return new ReplayStore(dataSource, new DataSourceTransactionManager(dataSource), replaySteps(blobs), retention);
    }

    @Bean
    GroupingStrategies groupingStrategies(JdbcClient jdbc) {
        return new GroupingStrategies(jdbc);
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
    DeliveryQueue deliveryQueue(DataSource dataSource) {
        return new DeliveryQueue(
                new JdbcTemplate(dataSource), new DataSourceTransactionManager(dataSource), DeliveryRetries.STANDARD);
    }

    @Bean
    UptimeSchedule uptimeSchedule(DataSource dataSource) {
        return new UptimeSchedule(dataSource, new DataSourceTransactionManager(dataSource));
    }

    @Bean
    UptimeOutages uptimeOutages(DataSource dataSource) {
        return new UptimeOutages(dataSource, new DataSourceTransactionManager(dataSource));
    }

    @Bean
    MonitorSweep monitorSweep(DataSource dataSource) {
        return new MonitorSweep(dataSource, new DataSourceTransactionManager(dataSource));
    }

    @Bean
    MonitorIncidents monitorIncidents(DataSource dataSource) {
        return new MonitorIncidents(dataSource, new DataSourceTransactionManager(dataSource));
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
