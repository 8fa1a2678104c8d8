package dev.resentry.query.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.live.LiveListener;
import dev.resentry.storage.log.CommittedLogs;
import dev.resentry.storage.log.LogFilter;
import dev.resentry.storage.search.SearchTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Someone who watches logs. While the connection has not taken what it was offered, nothing is looked for: the next look finds what was
 * committed meanwhile, so that what waits is bounded, and the number of those that are left out is known. Used by one thread.
 */
final class LogListener {
    /** In one message; of more, the newest are told. */
    static final int MOST = 200;

    /** What arrived earlier than this is no news, though it was committed just now. */
    private static final Duration NEWS = Duration.ofHours(1);

    /** In a row; then the listener is let go. */
    private static final int MOST_TIMEOUTS = 3;

    private static final Duration BEAT_EVERY = Duration.ofSeconds(15);
    private static final byte[] BEAT = ":\n\n".getBytes(UTF_8);

    private final LiveListener stream;
    private final LogFilter filter;
    private final CommittedLogs committed;
    private final JsonMapper json;
    private final InstantSource clock;
    private String seen;
    private long toldAt;
    private int timeouts;

    /** @param seen what could be seen when it came */
    LogListener(
            LiveListener stream,
            LogFilter filter,
            CommittedLogs committed,
            String seen,
            JsonMapper json,
            InstantSource clock) {
        this.stream = stream;
        this.filter = filter;
        this.committed = committed;
        this.seen = seen;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What listeners are told.
     *
     * @param logs the oldest first
     * @param leftOut how many more there were that the filter wants
     */
    record News(List<LogResponse> logs, long leftOut) {}

    /** Tells what was committed since the last look. */
    void look() {
        if (!stream.isIdle()) {
            return;
        }
        long now = clock.millis();
        try {
            CommittedLogs.Look look =
                    committed.since(seen, filter, clock.instant().minus(NEWS), MOST);
            seen = look.seen();
            timeouts = 0;
            if (look.matched() > 0) {
                List<LogResponse> logs =
                        look.logs().reversed().stream().map(LogResponse::of).toList();
                tell("logs", json.writeValueAsString(new News(logs, look.matched() - logs.size())), now);
            } else if (now - toldAt >= BEAT_EVERY.toMillis()) {
                toldAt = now;
                stream.offer(BEAT);
            }
        } catch (SearchTimeoutException _) {
            seen = committed.now();
            tell("skipped", "{\"reason\":\"query_timeout\"}", now);
            timeouts++;
            if (timeouts >= MOST_TIMEOUTS) {
                close();
            }
        } catch (DataIntegrityViolationException _) {
            // The search holds a value that the database refuses, now and the next time.
            tell("skipped", "{\"reason\":\"invalid_request\"}", now);
            close();
        }
    }

    void tell(String event, String data, long now) {
        toldAt = now;
        stream.offer("event: %s\ndata: %s\n\n".formatted(event, data).getBytes(UTF_8));
    }

    void close() {
        stream.close();
    }
}
