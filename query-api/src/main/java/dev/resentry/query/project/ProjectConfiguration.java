package dev.resentry.query.project;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.service.project.AutoCreateSettings;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.deletion.TopicCopy;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSamples;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.person.PersonDeletion;
import dev.resentry.storage.project.ProjectDeletion;
import dev.resentry.storage.project.ProjectOutbox;
import dev.resentry.storage.project.ProjectProcessingStore;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.signal.WorkSignals;
import dev.resentry.storage.transaction.TransactionSamples;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of projects and what works behind it. */
@Configuration(proxyBeanMethods = false)
public class ProjectConfiguration {

    @Bean
    ProjectController projectController(
            ProjectStore projects,
            ProjectRegistry registry,
            ProjectDeletion deletions,
            ProjectChanges changes,
            ProjectAccess access,
            AuditLog audit,
            QuerySettings settings) {
        return new ProjectController(projects, registry, deletions, changes, access, audit, settings.publicUrl());
    }

    @Bean
    ProjectRegistry projectRegistry(
            ProjectStore projects,
            ProjectChanges changes,
            ProjectAccess access,
            AuditLog audit,
            QuerySettings settings) {
        return new ProjectRegistry(projects, changes, access, audit, settings.publicUrl());
    }

    @Bean
    ProjectKeyController projectKeyController(ProjectRegistry registry, QuerySettings settings) {
        return new ProjectKeyController(registry, settings.publicUrl());
    }

    @Bean
    ScrubbingController scrubbingController(
            ProjectProcessingStore processing, EventQueries events, ProjectAccess access, AuditLog audit) {
        return new ScrubbingController(processing, events, access, audit);
    }

    @Bean
    FilterController filterController(
            ProjectProcessingStore processing,
            EventSamples events,
            TransactionSamples transactions,
            ProjectAccess access,
            AuditLog audit) {
        return new FilterController(
                processing, new FilterPreview(events, transactions, InstantSource.system()), access, audit);
    }

    @Bean
    StorageCapController storageCapController(ProjectProcessingStore processing, ProjectAccess access, AuditLog audit) {
        return new StorageCapController(processing, access, audit);
    }

    @Bean
    LimitBacktestController limitBacktestController(RollupQueries rollups, ProjectAccess access) {
        return new LimitBacktestController(rollups, access, InstantSource.system());
    }

    @Bean
    GroupingRulesController groupingRulesController(
            ProjectProcessingStore processing, ProjectAccess access, AuditLog audit) {
        return new GroupingRulesController(processing, access, audit);
    }

    @Bean
    NamedProjectController namedProjectController(ProjectSelection projects, QuerySettings settings) {
        return new NamedProjectController(projects, settings.publicUrl());
    }

    @Bean
    ProjectSelection projectSelection(ProjectStore projects, ProjectAccess access, OrganizationStore organizations) {
        return new ProjectSelection(projects, access, organizations);
    }

    @Bean
    PersonDeletionController personDeletionController(PersonDeletion deletions, ProjectAccess access, AuditLog audit) {
        return new PersonDeletionController(deletions, access, audit);
    }

    @Bean
    TopicCopy topicCopy(KafkaSettings settings) {
        return new TopicCopy(settings.envelopeRetention());
    }

    @Bean
    ProjectOutboxWorker projectOutboxWorker(
            ProjectStore projects,
            ProjectOutbox outbox,
            ProjectDeletion deletion,
            KafkaProjectPublisher publisher,
            TopicProvisioner topics,
            WorkSignals signals) {
        return new ProjectOutboxWorker(projects, outbox, deletion, publisher, topics, signals);
    }

    @Bean
    OutboxDepth outboxDepth(ProjectOutbox outbox, MeterRegistry registry) {
        return new OutboxDepth(outbox, registry);
    }

    @Bean
    ProjectCreationRequests projectCreationRequests(
            AutoCreateSettings autoCreate,
            KafkaSettings settings,
            TopicProvisioner topics,
            ProjectStore projects,
            ProjectChanges changes) {
        return new ProjectCreationRequests(autoCreate, settings, topics, projects, changes);
    }

    @Bean
    KafkaProjectPublisher projectPublisher(KafkaSettings settings) {
        return new KafkaProjectPublisher(settings);
    }
}
