package dev.resentry.query.project;

import dev.resentry.service.health.CheckResult;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.project.ProjectDeletion;
import dev.resentry.storage.project.ProjectOutbox;
import dev.resentry.storage.project.ProjectStore;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells gateways of changes of projects. At start all projects are told again, so that a lost topic is rebuilt by a restart, and
 * deletions without a job get one. Outages of Kafka or the database are waited out.
 */
public final class ProjectOutboxWorker implements SmartLifecycle, ProjectChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectOutboxWorker.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ProjectStore projects;
    private final ProjectOutbox outbox;
    private final ProjectDeletion deletion;
    private final ProjectOutbox.Publisher publisher;
    private final TopicProvisioner topics;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread worker;

    public ProjectOutboxWorker(
            ProjectStore projects,
            ProjectOutbox outbox,
            ProjectDeletion deletion,
            ProjectOutbox.Publisher publisher,
            TopicProvisioner topics) {
        this.projects = projects;
        this.outbox = outbox;
        this.deletion = deletion;
        this.publisher = publisher;
        this.topics = topics;
    }

    @Override
    public void made() {
        wakeUps.release();
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofPlatform().daemon().name("project-background").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        made();
        Thread current = worker;
        if (current != null) {
            try {
                if (!current.join(GRACE)) {
                    // It waits for Kafka; what it has not done stands in the database.
                    current.interrupt();
                    current.join(GRACE);
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
        boolean enqueued = false;
        String trouble = "";
        try {
            while (running && topics.awaitProvisioned()) {
                try {
                    if (!enqueued) {
                        projects.enqueueAll();
                        deletion.resume();
                        enqueued = true;
                    }
                    work();
                    trouble = "";
                } catch (RuntimeException e) {
                    String cause = CheckResult.Failed.of(e).cause();
                    if (!cause.equals(trouble)) {
                        LOG.atWarn().addKeyValue("error", cause).log("Changes of projects wait; trying again");
                        trouble = cause;
                    }
                }
                wakeUps.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                wakeUps.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        boolean more = true;
        while (running && more) {
            more = outbox.drain(publisher) > 0;
        }
    }
}
