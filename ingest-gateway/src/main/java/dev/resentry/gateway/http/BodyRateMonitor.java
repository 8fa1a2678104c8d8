package dev.resentry.gateway.http;

import java.time.Duration;

/**
 * Measures how fast a body arrives, over a recent span only, so that bytes sent early do not make up for a pause. Time in which
 * the gateway does not read is left out. All times are those of {@link System#nanoTime}.
 */
final class BodyRateMonitor {
    /** A body that holds more than this while others wait for memory must arrive at {@link #CONTENDED_RATE} at least. */
    private static final long LARGE = 1024L * 1024;

    private static final long CONTENDED_RATE = 64L * 1024;

    private final long patience;
    private final long leastRate;
    private final Span whileAlone;
    private final Span whileOthersWait;
    private long bytes;
    private long lastAt;
    private long pausedAt;

    /**
     * The rules for one body after the other.
     *
     * @param patience how long nothing may come, and what the least rate is an average over
     * @param leastRate bytes a second
     * @param contendedPatience what the rate of a large body is an average over while others wait for room
     */
    BodyRateMonitor(Duration patience, long leastRate, Duration contendedPatience) {
        this.patience = patience.toNanos();
        this.leastRate = leastRate;
        this.whileAlone = new Span(this.patience);
        this.whileOthersWait = new Span(contendedPatience.toNanos());
    }

    /** A body begins. */
    void begin(long now) {
        bytes = 0;
        lastAt = now;
        whileAlone.begin(now);
        whileOthersWait.begin(now);
    }

    void received(int count, long now) {
        bytes += count;
        lastAt = now;
    }

    /** Reading stops. */
    void pause(long now) {
        pausedAt = now;
    }

    /** Reading goes on. */
    void resume(long now) {
        long away = now - pausedAt;
        lastAt += away;
        whileAlone.shift(away);
        whileOthersWait.shift(away);
    }

    /**
     * Whether the body is below the least rate or has paused too long. To be called regularly, as each call may begin a new span.
     */
    boolean isTooSlow(long now) {
        return now - lastAt > patience || whileAlone.isBelow(leastRate, bytes, now);
    }

    /** Whether the body is too slow for the memory it holds while others wait for memory. To be called regularly. */
    boolean hindersOthers(long held, long now) {
        boolean slow = whileOthersWait.isBelow(CONTENDED_RATE, bytes, now);
        boolean silent = now - lastAt > whileOthersWait.length;
        return (slow || silent) && held > LARGE;
    }

    /** A recent span of time, between one and two lengths long if it is asked often enough. */
    private static final class Span {
        private final long length;
        private long since;
        private long bytesBefore;
        private long nextSince;
        private long nextBytesBefore;

        Span(long length) {
            this.length = length;
        }

        void begin(long now) {
            since = now;
            bytesBefore = 0;
            nextSince = now;
            nextBytesBefore = 0;
        }

        void shift(long nanos) {
            since += nanos;
            nextSince += nanos;
        }

        boolean isBelow(long rate, long bytes, long now) {
            if (now - nextSince >= length) {
                since = nextSince;
                bytesBefore = nextBytesBefore;
                nextSince = now;
                nextBytesBefore = bytes;
            }
            long time = now - since;
            return time > length && (bytes - bytesBefore) / (time / 1e9) < rate;
        }
    }
}
