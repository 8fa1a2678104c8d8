package dev.resentry.query.live;

import dev.resentry.service.kafka.ReadFrom;
import dev.resentry.service.kafka.TopicReader;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.ConcurrentStop;
import dev.resentry.service.work.RetryingWorker;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Runs the one reader of topic {@code events} and the one look at jobs, dead letters and the pipeline that all listeners of a process share. */
final class LiveSources implements ConcurrentStop {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration BEAT_EVERY = Duration.ofSeconds(15);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final LiveFeed feed;
    private final DatabaseSource database;
    private final PipelineSource pipeline;
    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final InstantSource clock;
    private long beatAt;
    private volatile @Nullable TopicReader reader;
    private volatile @Nullable RetryingWorker worker;

    LiveSources(
            LiveFeed feed,
            DatabaseSource database,
            PipelineSource pipeline,
            KafkaSettings kafka,
            TopicProvisioner topics,
            InstantSource clock) {
        this.feed = feed;
        this.database = database;
        this.pipeline = pipeline;
        this.kafka = kafka;
        this.topics = topics;
        this.clock = clock;
    }

    @Override
    public void start() {
        var events = new TopicReader(
                "live-events",
                kafka,
                topics,
                kafka.topics().events(),
                new ReadFrom.LastRecords(0),
                new EventsTopicSource(feed, clock));
        var looks = new RetryingWorker(
                "live-looks",
                "What listeners are told of jobs and the pipeline waits",
                LOOK_EVERY,
                Backoff.fixed(LOOK_EVERY),
                this::look);
        reader = events;
        worker = looks;
        events.start();
        looks.start();
    }

    private void look() {
        if (clock.millis() - beatAt >= BEAT_EVERY.toMillis()) {
            beatAt = clock.millis();
            feed.beat();
        }
        database.look();
        pipeline.look();
    }

    /** In front of the web server, which would wait for the streams. */
    @Override
    public void stop() {
        TopicReader events = reader;
        RetryingWorker looks = worker;
        reader = null;
        worker = null;
        if (looks != null) {
            looks.stop(STOP_WITHIN);
        }
        if (events != null) {
            events.close();
        }
        feed.close();
    }

    @Override
    public boolean isRunning() {
        return reader != null;
    }
}
