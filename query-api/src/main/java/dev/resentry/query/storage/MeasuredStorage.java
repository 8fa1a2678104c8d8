package dev.resentry.query.storage;

import dev.resentry.model.wire.Topics;
import dev.resentry.query.storage.StorageResponse.Topic;
import dev.resentry.service.kafka.BrokerUnavailableException;
import dev.resentry.service.kafka.TopicSizes;
import dev.resentry.storage.disk.DiskUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disk that tables and topics take, measured at most once a minute. Safe to share between threads. */
public final class MeasuredStorage {
    private static final Duration MEASURED_FOR = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(MeasuredStorage.class);

    private final DiskUse disk;
    private final Topics topics;
    private final TopicSizes sizes;
    private final InstantSource clock;
    private @Nullable StorageResponse last;

    MeasuredStorage(DiskUse disk, Topics topics, TopicSizes sizes, InstantSource clock) {
        this.disk = disk;
        this.topics = topics;
        this.sizes = sizes;
        this.clock = clock;
    }

    /** What was measured last, or is now. */
    public synchronized StorageResponse get() {
        Instant now = clock.instant();
        StorageResponse known = last;
        if (known == null || known.measuredAt().plus(MEASURED_FOR).isBefore(now)) {
            known = StorageResponse.of(now, disk.measure(now), topics());
            last = known;
        }
        return known;
    }

    /** Null while no broker answers: the tables are shown all the same. */
    private @Nullable List<Topic> topics() {
        try {
            return sizes
                    .measure(List.of(
                            topics.envelopes(), topics.events(), topics.outcomes(), topics.projects(), topics.usage()))
                    .entrySet()
                    .stream()
                    .map(topic -> new Topic(
                            topic.getKey(),
                            topic.getValue().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()))
                    .sorted(Comparator.comparingLong(Topic::bytes).reversed())
                    .toList();
        } catch (BrokerUnavailableException e) {
            LOG.atWarn().setCause(e).log("The size of the topics is not known");
            return null;
        }
    }
}
