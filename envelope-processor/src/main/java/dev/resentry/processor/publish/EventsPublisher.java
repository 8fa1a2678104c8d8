package dev.resentry.processor.publish;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.outbox.EventsOutbox;
import java.time.Duration;

/**
 * Empties the outbox into topic {@code events}, also of what the API wrote into it. While Kafka or the database is away, entries
 * wait in the outbox.
 */
final class EventsPublisher extends BackgroundWork {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));

    private final EventsOutbox outbox;
    private final KafkaSettings kafka;
    private final TopicProvisioner topics;

    EventsPublisher(EventsOutbox outbox, KafkaSettings kafka, TopicProvisioner topics) {
        super(STOP_WITHIN);
        this.outbox = outbox;
        this.kafka = kafka;
        this.topics = topics;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker("events-outbox", "Topic events waits", POLL, BACKOFF, new Publishing());
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
        public void finish() {
            topic.close();
        }
    }
}
