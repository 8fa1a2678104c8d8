package dev.resentry.storage;

import dev.resentry.storage.alert.AlertRuleStorageConfiguration;
import dev.resentry.storage.alert.RecipientsConfiguration;
import dev.resentry.storage.artifact.ArtifactAssemblies;
import dev.resentry.storage.artifact.ArtifactStorageConfiguration;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.UploadChunks;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.blob.BlobConfiguration;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.dashboard.DashboardQueries;
import dev.resentry.storage.dashboard.DashboardStore;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.deadletter.DeadLetterDesk;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.deletion.DeletionReport;
import dev.resentry.storage.deletion.IssueDeletion;
import dev.resentry.storage.deletion.TopicCopy;
import dev.resentry.storage.delivery.DeliveryDesk;
import dev.resentry.storage.delivery.DeliveryQueries;
import dev.resentry.storage.delivery.DeliveryStorageConfiguration;
import dev.resentry.storage.disk.DiskConfiguration;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSamples;
import dev.resentry.storage.explore.ExploreStorageConfiguration;
import dev.resentry.storage.feedback.FeedbackQueries;
import dev.resentry.storage.feedback.FeedbackStore;
import dev.resentry.storage.importing.ImportStorageConfiguration;
import dev.resentry.storage.issue.IssueStorageConfiguration;
import dev.resentry.storage.job.JobStorageConfiguration;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.ledger.LedgerList;
import dev.resentry.storage.ledger.LedgerQueries;
import dev.resentry.storage.ledger.ThroughputQueries;
import dev.resentry.storage.log.CommittedLogs;
import dev.resentry.storage.log.LogQueries;
import dev.resentry.storage.merge.IssueHashQueries;
import dev.resentry.storage.merge.IssueMerge;
import dev.resentry.storage.monitor.MonitorQueries;
import dev.resentry.storage.monitor.MonitorStore;
import dev.resentry.storage.performance.EndpointQueries;
import dev.resentry.storage.performance.EndpointSamples;
import dev.resentry.storage.performance.StatementQueries;
import dev.resentry.storage.performance.TraceErrorQueries;
import dev.resentry.storage.person.PersonDeletion;
import dev.resentry.storage.process.ProcessConfiguration;
import dev.resentry.storage.project.ProcessingStorageConfiguration;
import dev.resentry.storage.project.ProjectStorageConfiguration;
import dev.resentry.storage.regroup.RegroupStore;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.ReleaseSourceQueries;
import dev.resentry.storage.release.ReleaseStore;
import dev.resentry.storage.replay.ReplayableEnvelopes;
import dev.resentry.storage.repository.RepositoryStore;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.savedsearch.RecentSearches;
import dev.resentry.storage.savedsearch.SavedSearchStore;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchStorageConfiguration;
import dev.resentry.storage.secret.SecretStore;
import dev.resentry.storage.session.SessionQueries;
import dev.resentry.storage.span.SpanQueries;
import dev.resentry.storage.spike.SpikeStorageConfiguration;
import dev.resentry.storage.suggest.SuggestionQueries;
import dev.resentry.storage.transaction.TransactionQueries;
import dev.resentry.storage.transaction.TransactionSamples;
import dev.resentry.storage.uptime.UptimeQueries;
import dev.resentry.storage.uptime.UptimeStore;
import dev.resentry.storage.webhook.WebhookStorageConfiguration;
import javax.sql.DataSource;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a service needs that reads what is stored and writes what people edit. All stores share one transaction manager, so that what
 * several of them change can be one transaction.
 */
@Configuration(proxyBeanMethods = false)
@EntityScan("dev.resentry.storage")
@EnableJpaRepositories(basePackages = "dev.resentry.storage", considerNestedRepositories = false)
@Import({
    AlertRuleStorageConfiguration.class,
    IssueStorageConfiguration.class,
    SearchStorageConfiguration.class,
    SpikeStorageConfiguration.class,
    RecipientsConfiguration.class,
    ProcessingStorageConfiguration.class,
    DatabaseConfiguration.class,
    ExploreStorageConfiguration.class,
    BlobConfiguration.class,
    ArtifactStorageConfiguration.class,
    JobStorageConfiguration.class,
    ImportStorageConfiguration.class,
    DiskConfiguration.class,
    DeliveryStorageConfiguration.class,
    WebhookStorageConfiguration.class,
    ProcessConfiguration.class,
    ProjectStorageConfiguration.class,
    AccessStorageConfiguration.class
})
public class QueryStorageConfiguration {

    @Bean
    EventQueries eventQueries(JdbcClient jdbc) {
        return new EventQueries(jdbc);
    }

    @Bean
    TransactionSamples transactionSamples(JdbcClient jdbc) {
        return new TransactionSamples(jdbc);
    }

    @Bean
    EventSamples eventSamples(JdbcClient jdbc) {
        return new EventSamples(jdbc);
    }

    @Bean
    RollupQueries rollupQueries(JdbcClient jdbc) {
        return new RollupQueries(jdbc);
    }

    @Bean
    SavedSearchStore savedSearchStore(JdbcClient jdbc) {
        return new SavedSearchStore(jdbc);
    }

    @Bean
    RecentSearches recentSearches(JdbcClient jdbc) {
        return new RecentSearches(jdbc);
    }

    @Bean
    SuggestionQueries suggestionQueries(JdbcClient jdbc) {
        return new SuggestionQueries(jdbc);
    }

    @Bean
    DashboardQueries dashboardQueries(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new DashboardQueries(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    IssueDeletion issueDeletion(
            DataSource dataSource, PlatformTransactionManager transactions, JobStore jobs, DeletionReport report) {
        return new IssueDeletion(dataSource, transactions, jobs, report);
    }

    @Bean
    IssueMerge issueMerge(DataSource dataSource, PlatformTransactionManager transactions, JobStore jobs) {
        return new IssueMerge(dataSource, transactions, jobs);
    }

    @Bean
    IssueHashQueries issueHashQueries(JdbcClient jdbc) {
        return new IssueHashQueries(jdbc);
    }

    @Bean
    ReleaseQueries releaseQueries(JdbcClient jdbc) {
        return new ReleaseQueries(jdbc);
    }

    @Bean
    SessionQueries sessionQueries(JdbcClient jdbc) {
        return new SessionQueries(jdbc);
    }

    @Bean
    ReleaseStore releaseStore(DataSource dataSource, PlatformTransactionManager transactions) {
        return new ReleaseStore(dataSource, transactions);
    }

    @Bean
    ReleaseSourceQueries releaseSourceQueries(JdbcClient jdbc) {
        return new ReleaseSourceQueries(jdbc);
    }

    @Bean
    MonitorStore monitorStore(JdbcClient jdbc) {
        return new MonitorStore(jdbc);
    }

    @Bean
    MonitorQueries monitorQueries(JdbcClient jdbc) {
        return new MonitorQueries(jdbc);
    }

    @Bean
    FeedbackQueries feedbackQueries(JdbcClient jdbc) {
        return new FeedbackQueries(jdbc);
    }

    @Bean
    FeedbackStore feedbackStore(JdbcClient jdbc) {
        return new FeedbackStore(jdbc);
    }

    @Bean
    DashboardStore dashboardStore(JdbcClient jdbc) {
        return new DashboardStore(jdbc);
    }

    @Bean
    UptimeStore uptimeStore(JdbcClient jdbc) {
        return new UptimeStore(jdbc);
    }

    @Bean
    UptimeQueries uptimeQueries(JdbcClient jdbc) {
        return new UptimeQueries(jdbc);
    }

    @Bean
    RepositoryStore repositoryStore(JdbcClient jdbc) {
        return new RepositoryStore(jdbc);
    }

    @Bean
    DeploymentStore deploymentStore(JdbcClient jdbc) {
        return new DeploymentStore(jdbc);
    }

    @Bean
    ArtifactStore artifactStore(DataSource dataSource, PlatformTransactionManager transactions) {
        return new ArtifactStore(dataSource, transactions);
    }

    @Bean
    UploadChunks uploadChunks(JdbcTemplate template, BlobStore blobs) {
        return new UploadChunks(template, blobs);
    }

    @Bean
    ArtifactAssemblies artifactAssemblies(JdbcClient jdbc, JobStore jobs, PlatformTransactionManager transactions) {
        return new ArtifactAssemblies(jdbc, jobs, transactions);
    }

    @Bean
    EnvelopeQueries envelopeQueries(JdbcClient jdbc) {
        return new EnvelopeQueries(jdbc);
    }

    @Bean
    TransactionQueries transactionQueries(JdbcClient jdbc) {
        return new TransactionQueries(jdbc);
    }

    @Bean
    SpanQueries spanQueries(JdbcClient jdbc) {
        return new SpanQueries(jdbc);
    }

    @Bean
    LogQueries logQueries(JdbcClient jdbc) {
        return new LogQueries(jdbc);
    }

    @Bean
    CommittedLogs committedLogs(JdbcClient jdbc, BoundedReads reads) {
        return new CommittedLogs(jdbc, reads);
    }

    @Bean
    EndpointQueries endpointQueries(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new EndpointQueries(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    EndpointSamples endpointSamples(JdbcClient jdbc) {
        return new EndpointSamples(jdbc);
    }

    @Bean
    StatementQueries statementQueries(JdbcClient jdbc) {
        return new StatementQueries(jdbc);
    }

    @Bean
    TraceErrorQueries traceErrorQueries(JdbcClient jdbc) {
        return new TraceErrorQueries(jdbc);
    }

    @Bean
    AttachmentQueries attachmentQueries(JdbcClient jdbc) {
        return new AttachmentQueries(jdbc);
    }

    @Bean
    DeadLetterQueries deadLetterQueries(JdbcClient jdbc) {
        return new DeadLetterQueries(jdbc);
    }

    @Bean
    DeadLetterDesk deadLetterDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        return new DeadLetterDesk(dataSource, transactions);
    }

    @Bean
    SecretStore secretStore(JdbcClient jdbc) {
        return new SecretStore(jdbc);
    }

    @Bean
    DeliveryQueries deliveryQueries(JdbcClient jdbc) {
        return new DeliveryQueries(jdbc);
    }

    @Bean
    DeliveryDesk deliveryDesk(JdbcClient jdbc) {
        return new DeliveryDesk(jdbc);
    }

    @Bean
    LedgerQueries ledgerQueries(JdbcClient jdbc) {
        return new LedgerQueries(jdbc);
    }

    @Bean
    ThroughputQueries throughputQueries(JdbcClient jdbc) {
        return new ThroughputQueries(jdbc);
    }

    @Bean
    LedgerList ledgerList(JdbcClient jdbc) {
        return new LedgerList(jdbc);
    }

    @Bean
    ReplayableEnvelopes replayableEnvelopes(JdbcClient jdbc) {
        return new ReplayableEnvelopes(jdbc);
    }

    @Bean
    RegroupStore regroupStore(JdbcClient jdbc, JobStore jobs) {
        return new RegroupStore(jdbc, jobs);
    }

    @Bean
    DeletionReport deletionReport(JdbcClient jdbc, TopicCopy topic) {
        return new DeletionReport(jdbc, topic);
    }

    @Bean
    PersonDeletion personDeletion(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            JobStore jobs,
            SecretStore secrets,
            DeletionReport report) {
        return new PersonDeletion(dataSource, transactions, jobs, secrets, report);
    }
}
