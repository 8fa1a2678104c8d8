package dev.resentry.processor.publish;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.outbox.EventsOutbox;
import dev.resentry.storage.signal.Work;
import dev.resentry.storage.signal.WorkSignals;
import java.time.Duration;

/**
 * Empties the outbox into topic {@code events}, also of what the API wrote into it. While Kafka or the database is away, entries
 * wait in the outbox.
 */
final class EventsPublisher extends BackgroundWork {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));

    /** What many batches tell is published together. */
    private static final Duration GAP = Duration.ofMillis(200);

    private final EventsOutbox outbox;
    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final WorkSignals signals;

    EventsPublisher(EventsOutbox outbox, KafkaSettings kafka, TopicProvisioner topics, WorkSignals signals) {
        super(STOP_WITHIN);
        this.signals = signals;
        signals.on(Work.EVENTS_OUTBOX, this::wake);
        this.outbox = outbox;
        this.kafka = kafka;
        this.topics = topics;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker("events-outbox", "Topic events waits", this::rest, BACKOFF, new Publishing());
    }

    /** What is left is another process's to publish, for as long as that lives. */
    private Duration rest() {
        return outbox.isEmpty() ? signals.rest(POLL) : POLL;
    }

    private final class Publishing implements RetryingWorker.Task {
        private final EventsTopic topic = new EventsTopic(kafka);

        @Override
        public void run() throws InterruptedException {
            if (!topics.awaitProvisioned()) {
                return;
            }
            boolean more = true;
            while (isRunning() && more) {
                more = outbox.publishSome(topic) > 0;
            }
        }

        @Override
        public Duration gap() {
            return GAP;
        }

        @Override
        public void finish() {
            topic.close();
        }
    }
}
