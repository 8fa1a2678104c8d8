package dev.resentry.service.kafka;

import dev.resentry.service.work.ConcurrentStop;
import org.jspecify.annotations.Nullable;

/** Reads a topic while its context runs, by a new reader at each start. */
public abstract class TopicListener implements ConcurrentStop {
    private volatile @Nullable TopicReader reader;

    /** A reader that was not started yet. */
    protected abstract TopicReader newReader();

    @Override
    public final void start() {
        TopicReader started = newReader();
        reader = started;
        started.start();
    }

    @Override
    public final void stop() {
        TopicReader current = reader;
        if (current != null) {
            reader = null;
            current.close();
        }
    }

    @Override
    public final boolean isRunning() {
        return reader != null;
    }
}
