package dev.resentry.query.project;

import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.ConcurrentStop;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.project.ProjectDeletion;
import dev.resentry.storage.project.ProjectOutbox;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.signal.Work;
import dev.resentry.storage.signal.WorkSignals;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells gateways of changes of projects. At start all projects are told again, so that a lost topic is rebuilt by a restart, and
 * deletions without a job get one. Outages of Kafka or the database are waited out.
 */
final class ProjectOutboxWorker implements ConcurrentStop, ProjectChanges {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(2));

    private final ProjectStore projects;
    private final ProjectOutbox outbox;
    private final ProjectDeletion deletion;
    private final ProjectOutbox.Publisher publisher;
    private final TopicProvisioner topics;
    private final WorkSignals signals;
    private volatile boolean running;
    private volatile @Nullable RetryingWorker worker;
    private boolean enqueued;

    ProjectOutboxWorker(
            ProjectStore projects,
            ProjectOutbox outbox,
            ProjectDeletion deletion,
            ProjectOutbox.Publisher publisher,
            TopicProvisioner topics,
            WorkSignals signals) {
        this.signals = signals;
        signals.on(Work.PROJECT_OUTBOX, this::made);
        this.projects = projects;
        this.outbox = outbox;
        this.deletion = deletion;
        this.publisher = publisher;
        this.topics = topics;
    }

    @Override
    public void made() {
        RetryingWorker current = worker;
        if (current != null) {
            current.wake();
        }
    }

    @Override
    public void start() {
        enqueued = false;
        var started = new RetryingWorker(
                "project-outbox", "Changes of projects wait", () -> signals.rest(POLL), BACKOFF, this::run);
        worker = started;
        running = true;
        started.start();
    }

    @Override
    public void stop() {
        running = false;
        RetryingWorker current = worker;
        if (current != null) {
            // It may wait for Kafka; what it has not done stands in the database.
            current.stop(STOP_WITHIN);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() throws InterruptedException {
        if (!topics.awaitProvisioned()) {
            return;
        }
        if (!enqueued) {
            projects.enqueueAll();
            deletion.resume();
            enqueued = true;
        }
        work();
    }

    private void work() {
        boolean more = true;
        while (running && more) {
            more = outbox.drain(publisher) > 0;
        }
    }
}
