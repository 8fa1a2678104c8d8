package dev.resentry.query.project;

import dev.resentry.model.wire.ProjectCreationRequest;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.project.AutoCreateSettings;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.project.ProjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Makes the projects that gateways ask for on topic {@code projects.wanted} (features, E2). Of several APIs one does it at a
 * time. What could not be made while Kafka or the database was away is made afterwards.
 */
public final class ProjectCreationRequests implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectCreationRequests.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final AutoCreateSettings autoCreate;
    private final KafkaSettings settings;
    private final TopicProvisioner topics;
    private final ProjectStore projects;
    private final ProjectChanges changes;
    private volatile boolean running;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Thread worker;

    public ProjectCreationRequests(
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
    public void start() {
        running = true;
        worker = Thread.ofPlatform().daemon().name("wanted-projects").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        KafkaConsumer<byte[], byte[]> reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
        Thread current = worker;
        if (current != null) {
            try {
                if (!current.join(STOP_WITHIN)) {
                    current.interrupt();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        String trouble = "";
        try {
            while (running && topics.awaitProvisioned()) {
                try {
                    follow();
                } catch (WakeupException | InterruptException _) {
                    return;
                } catch (RuntimeException e) {
                    String cause = CheckResult.Failed.of(e).cause();
                    if (!cause.equals(trouble)) {
                        LOG.atWarn().addKeyValue("error", cause).log("Wanted projects wait; trying again");
                        trouble = cause;
                    }
                    Thread.sleep(RETRY_AFTER);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads on from what was made last; whatever fails here begins there again. */
    private void follow() {
        Map<String, Object> properties = settings.clientProperties("resentry-wanted-projects");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topicPrefix() + "resentry-wanted-projects");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (var reader = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer = reader;
            reader.subscribe(List.of(settings.topics().projectCreationRequests()));
            while (running) {
                var records = reader.poll(POLL);
                records.forEach(this::make);
                if (!records.isEmpty()) {
                    reader.commitSync();
                }
            }
        } finally {
            consumer = null;
        }
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
