package dev.resentry.gateway.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.HealthCheck;
import dev.resentry.service.kafka.ReadFrom;
import dev.resentry.service.kafka.RecordHandler;
import dev.resentry.service.kafka.TopicReader;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topic {@code projects} whole at start and follows it. Lookups are plain reads of memory; while Kafka is away, what was
 * known stays known, over a restart too. Of two versions of a project the newer one counts, in whatever order they come.
 */
final class ProjectTopicFollower implements ProjectDirectory, HealthCheck, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectTopicFollower.class);
    private static final Duration WRITE_EVERY = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final KnownProjects projects = new KnownProjects();
    private final TopicReader reader;
    private final List<Consumer<ProjectConfig>> listeners = new CopyOnWriteArrayList<>();
    private final @Nullable ProjectsFile file;
    /** Known from the last run, and not read from the topic yet. Only touched by the reader. */
    private final Set<ProjectId> remembered = new HashSet<>();

    private boolean changed;
    private long writtenAt = System.nanoTime() - WRITE_EVERY.toNanos();
    private final LongAdder unreadable = new LongAdder();
    private volatile boolean complete;

    /** @param memory where what is known is written down for the next start; null if nowhere */
    ProjectTopicFollower(KafkaSettings settings, TopicProvisioner topics, @Nullable Path memory) {
        this.settings = settings;
        this.file = memory == null ? null : new ProjectsFile(memory);
        if (file != null) {
            for (ProjectConfig project : file.read()) {
                projects.put(project);
                remembered.add(project.id());
            }
        }
        this.reader = new TopicReader(
                "gateway-projects",
                settings,
                topics,
                settings.topics().projects(),
                new ReadFrom.Beginning(),
                new Following());
        reader.start();
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public Optional<ProjectConfig> find(ProjectId id) {
        return projects.find(id);
    }

    @Override
    public Optional<ProjectConfig> findByKey(PublicKey key) {
        return projects.findByKey(key);
    }

    @Override
    public Optional<ProjectConfig> findBySlug(String slug) {
        return projects.findBySlug(slug);
    }

    /** Has a listener told of each project as it becomes known or changes, by the thread that reads them; it must not block. */
    void onProject(Consumer<ProjectConfig> listener) {
        listeners.add(listener);
    }

    /** How many projects are known. */
    int size() {
        return projects.size();
    }

    /** How many records could not be taken in, each as often as it came. */
    long unreadable() {
        return unreadable.sum();
    }

    @Override
    public String name() {
        return "projects";
    }

    @Override
    public CheckResult check() {
        // With those of the last run a gateway is of use while Kafka is away.
        return complete || projects.size() > 0
                ? new CheckResult.Ok()
                : new CheckResult.Failed(
                        "topic %s is not read yet".formatted(settings.topics().projects()));
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Following implements RecordHandler {
        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
            apply(record);
        }

        @Override
        public void caughtUp() {
            if (complete) {
                return;
            }
            // Whatever the topic does not name any more was deleted meanwhile.
            remembered.forEach(projects::remove);
            remembered.clear();
            changed = true;
            complete = true;
            LOG.atInfo().addKeyValue("projects", projects.size()).log("All projects are known");
        }

        @Override
        public void polled() {
            writeDown();
        }

        @Override
        public boolean waits() {
            return file != null && changed;
        }
    }

    /** Not for every change by itself, as they come in crowds. */
    private void writeDown() {
        if (file != null && complete && changed && System.nanoTime() - writtenAt > WRITE_EVERY.toNanos()) {
            changed = false;
            writtenAt = System.nanoTime();
            file.write(projects.all());
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() != null) {
                ProjectConfig project = ProjectRecord.read(record.value());
                projects.put(project);
                remembered.remove(project.id());
                changed = true;
                listeners.forEach(listener -> listener.accept(project));
            } else if (record.key() != null) {
                ProjectId.parse(new String(record.key(), StandardCharsets.UTF_8))
                        .ifPresent(projects::remove);
                changed = true;
            }
        } catch (RuntimeException e) {
            unreadable.increment();
            // A record that cannot be read must not keep the gateway from knowing the others.
            LOG.atError()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", e.getMessage())
                    .log("A project record cannot be read");
        }
    }
}
