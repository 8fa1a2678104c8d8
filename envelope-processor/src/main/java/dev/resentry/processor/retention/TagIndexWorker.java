package dev.resentry.processor.retention;

import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.search.TagIndexes;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the tags of days that are over indexed, one day after the other, by one process at a time. */
final class TagIndexWorker extends BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(TagIndexWorker.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);

    /** An index that is broken off is made again. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    private final TagIndexes indexes;
    private final InstantSource clock;

    TagIndexWorker(TagIndexes indexes, InstantSource clock) {
        super(STOP_WITHIN);
        this.indexes = indexes;
        this.clock = clock;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "tag-indexes", "Searches for rare tags are slow", LOOK_EVERY, Backoff.fixed(LOOK_EVERY), this::makeAll);
    }

    private void makeAll() {
        while (isRunning() && makeNext()) {
            // The next day.
        }
    }

    private boolean makeNext() {
        return indexes.makeNext(clock.instant())
                .map(index -> {
                    LOG.atInfo().addKeyValue("index", index).log("The tags of a day are indexed");
                    return true;
                })
                .orElse(false);
    }
}
