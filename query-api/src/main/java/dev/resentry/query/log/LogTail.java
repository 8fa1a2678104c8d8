package dev.resentry.query.log;

import dev.resentry.query.live.LiveListener;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.ConcurrentStop;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.log.CommittedLogs;
import dev.resentry.storage.log.LogFilter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Looks for new logs once a second, for all who watch them, one after the other. */
final class LogTail implements ConcurrentStop {
    /** Each of them is a statement once a second. */
    static final int MAX_LISTENERS = 50;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final CommittedLogs committed;
    private final JsonMapper json;
    private final InstantSource clock;
    private final Map<LiveListener, LogListener> listeners = new ConcurrentHashMap<>();
    private volatile @Nullable RetryingWorker worker;

    LogTail(CommittedLogs committed, JsonMapper json, InstantSource clock) {
        this.committed = committed;
        this.json = json;
        this.clock = clock;
    }

    int listeners() {
        return listeners.size();
    }

    /** Begins to tell someone what is committed from now on. */
    void add(LiveListener stream, LogFilter filter) {
        var listener = new LogListener(stream, filter, committed, committed.now(), json, clock);
        listeners.put(stream, listener);
        listener.tell("ready", "{}", clock.millis());
    }

    void remove(LiveListener stream) {
        listeners.remove(stream);
    }

    /** The failure of one listener does not keep the others from being told. */
    private void look() {
        RuntimeException first = null;
        for (LogListener listener : List.copyOf(listeners.values())) {
            try {
                listener.look();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void start() {
        var looks = new RetryingWorker(
                "log-tail",
                "What those are told who watch logs waits",
                LOOK_EVERY,
                Backoff.fixed(LOOK_EVERY),
                this::look);
        worker = looks;
        looks.start();
    }

    /** In front of the web server, which would wait for the streams. */
    @Override
    public void stop() {
        RetryingWorker looks = worker;
        worker = null;
        if (looks != null) {
            looks.stop(STOP_WITHIN);
        }
        List.copyOf(listeners.values()).forEach(LogListener::close);
        listeners.clear();
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }
}
