package dev.resentry.query.project;

import dev.resentry.model.wire.ProjectCreationRequest;
import dev.resentry.service.kafka.ReadFrom;
import dev.resentry.service.kafka.TopicListener;
import dev.resentry.service.kafka.TopicReader;
import dev.resentry.service.project.AutoCreateSettings;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.project.ProjectStore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Makes the projects that gateways ask for on topic {@code projects.wanted} (features, E2). Of several APIs one does it at a
 * time. What could not be made while Kafka or the database was away is made afterwards.
 */
final class ProjectCreationRequests extends TopicListener {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectCreationRequests.class);

    private final AutoCreateSettings autoCreate;
    private final KafkaSettings settings;
    private final TopicProvisioner topics;
    private final ProjectStore projects;
    private final ProjectChanges changes;

    ProjectCreationRequests(
            AutoCreateSettings autoCreate,
            KafkaSettings settings,
            TopicProvisioner topics,
            ProjectStore projects,
            ProjectChanges changes) {
        this.autoCreate = autoCreate;
        this.settings = settings;
        this.topics = topics;
        this.projects = projects;
        this.changes = changes;
    }

    @Override
    public boolean isAutoStartup() {
        return autoCreate.isOn();
    }

    @Override
    protected TopicReader newReader() {
        return new TopicReader(
                "wanted-projects",
                settings,
                topics,
                settings.topics().projectCreationRequests(),
                new ReadFrom.CommittedOffset(settings.topicPrefix() + "resentry-wanted-projects"),
                (record, _) -> make(record));
    }

    private void make(ConsumerRecord<byte[], byte[]> record) {
        String slug;
        try {
            slug = ProjectCreationRequest.read(record.value() == null ? new byte[0] : record.value())
                    .slug();
        } catch (IllegalArgumentException e) {
            // One that cannot be read must not keep the others from being made.
            LOG.atError()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", e.getMessage())
                    .log("A wanted project cannot be read");
            return;
        }
        try {
            if (!projects.isTaken(slug)) {
                projects.add(slug, slug, null);
                changes.made();
                LOG.atInfo().addKeyValue("slug", slug).log("A project was made for what was sent to it");
            }
        } catch (DataIntegrityViolationException e) {
            // Somebody made it between the look and the addition; anything else is a fault that must be seen.
            if (!projects.isTaken(slug)) {
                throw e;
            }
        }
    }
}
