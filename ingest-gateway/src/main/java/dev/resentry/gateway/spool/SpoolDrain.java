package dev.resentry.gateway.spool;

import dev.resentry.gateway.spool.EnvelopeSink.Sent;
import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what waits in a spool, oldest first. Many records are under way at once while the outlet takes them; after a
 * failure there is one, with growing pauses, until it is acknowledged. The spool's position moves only over what is acknowledged
 * without a gap, so a kill has records sent twice, never left out.
 */
public final class SpoolDrain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDrain.class);
    private static final long MAX_BYTES_UNDER_WAY = 8L * 1024 * 1024;
    private static final int MAX_UNDER_WAY = 1000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PERSIST_EVERY = Duration.ofMillis(250);
    private static final Duration SURVEY_EVERY = Duration.ofSeconds(5);
    private static final Duration RETIRE_AFTER = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final int READ_ATTEMPTS = 10;

    private final EnvelopeSpool spool;
    private final SpoolReader reader;
    private final EnvelopeSink outlet;
    private final Duration lastPause;
    private final Thread thread;
    private volatile boolean closed;

    private final ArrayDeque<UnderWay> underWay = new ArrayDeque<>();
    private long bytesUnderWay;
    private boolean healthy;
    /** Something under way has failed: nothing is sent until all is answered. Set before the answer can be seen. */
    private volatile boolean stumbled;

    private boolean positionFailed;
    private Duration pause = FIRST_PAUSE;
    private long resumeAt = System.nanoTime();
    private long persistedAt = System.nanoTime();
    private long surveyedAt = System.nanoTime();
    private long idleSince = System.nanoTime();
    private int failedReads;

    private SpoolDrain(EnvelopeSpool spool, EnvelopeSink outlet, Duration lastPause) {
        this.spool = spool;
        this.reader = new SpoolReader(spool);
        this.outlet = outlet;
        this.lastPause = lastPause;
        this.thread = Thread.ofPlatform().name("spool-drain").daemon().unstarted(this::run);
    }

    public static SpoolDrain start(EnvelopeSpool spool, EnvelopeSink outlet) {
        return start(spool, outlet, LAST_PAUSE);
    }

    /** @param lastPause to which the pauses grow while nothing is acknowledged, and between attempts to read */
    static SpoolDrain start(EnvelopeSpool spool, EnvelopeSink outlet, Duration lastPause) {
        var drain = new SpoolDrain(spool, outlet, lastPause);
        spool.onKept(drain::wake);
        drain.thread.start();
        return drain;
    }

    /** Stops sending, without waiting for what is under way: the next start sends it again. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            // Never interrupted: that would close the file it reads.
            thread.join(STOP_WITHIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            try {
                settle();
                boolean more = send();
                failedReads = 0;
                if (underWay.isEmpty() && !more) {
                    rest();
                }
            } catch (IOException e) {
                unusable(e);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("The drain of the spool has a fault; it goes on");
                resumeAt = System.nanoTime() + lastPause.toNanos();
            }
            persist(PERSIST_EVERY);
            survey();
            if (!closed) {
                LockSupport.parkNanos(this, waitNanos());
            }
        }
        finish();
        persist(Duration.ZERO);
        reader.close();
    }

    private void finish() {
        try {
            settle();
        } catch (IOException e) {
            unusable(e);
        }
    }

    /** Takes off what is answered for, from the head on. */
    private void settle() throws IOException {
        while (!underWay.isEmpty()) {
            UnderWay head = underWay.getFirst();
            Sent sent = head.response();
            switch (sent) {
                case null -> {
                    return;
                }
                case Sent.Acknowledged _ -> {
                    takeOff(head);
                    spool.drained(head.record);
                    healthy = true;
                    pause = FIRST_PAUSE;
                    spool.draining(true);
                }
                case Sent.Unsendable(String cause) -> {
                    reader.quarantine(head.record, cause);
                    takeOff(head);
                }
                case Sent.Unavailable(String cause) -> {
                    // What is behind is waited for, so that nothing overtakes when it is sent again.
                    if (underWay.stream().anyMatch(UnderWay::isOpen)) {
                        return;
                    }
                    backOff(cause);
                    return;
                }
            }
        }
    }

    private void takeOff(UnderWay head) {
        underWay.removeFirst();
        bytesUnderWay -= head.record.bytes();
        idleSince = System.nanoTime();
    }

    private void backOff(String cause) {
        if (healthy) {
            LOG.atWarn().addKeyValue("error", cause).log("The spool waits for Kafka");
        }
        healthy = false;
        stumbled = false;
        spool.draining(false);
        underWay.forEach(UnderWay::reopenIfAway);
        resumeAt = System.nanoTime() + pause.toNanos();
        pause = pause.multipliedBy(2).compareTo(lastPause) < 0 ? pause.multipliedBy(2) : lastPause;
    }

    /**
     * Sends what there is room for: first what has to be sent again.
     *
     * @return whether there may be more to send
     */
    private boolean send() throws IOException {
        if (System.nanoTime() - resumeAt < 0) {
            return true;
        }
        for (UnderWay unsent : underWay) {
            if (unsent.sent == null) {
                if (stumbled || (!healthy && unsent != underWay.getFirst())) {
                    return true;
                }
                transmit(unsent);
            }
        }
        while (!closed && hasRoom()) {
            SpooledRecord record = reader.next();
            if (record == null) {
                return false;
            }
            var next = new UnderWay(record);
            underWay.addLast(next);
            bytesUnderWay += record.bytes();
            transmit(next);
        }
        return true;
    }

    private boolean hasRoom() {
        return underWay.isEmpty()
                || (healthy && !stumbled && underWay.size() < MAX_UNDER_WAY && bytesUnderWay < MAX_BYTES_UNDER_WAY);
    }

    private void transmit(UnderWay record) {
        SpooledEnvelope envelope = record.record.envelope();
        record.sent = outlet.send(envelope.headers(), envelope.body()).handle((response, failure) -> {
            Sent sent = failure == null
                    ? response
                    : new Sent.Unavailable(CheckResult.Failed.of(failure).cause());
            if (sent instanceof Sent.Unavailable) {
                stumbled = true;
            }
            return sent;
        });
        var _ = record.sent.thenRun(this::wake);
    }

    private void rest() {
        reader.caughtUp(System.nanoTime() - idleSince > RETIRE_AFTER.toNanos());
    }

    /** The disk does not give what is there, or has no place to set it aside. */
    private void unusable(IOException e) {
        String cause = CheckResult.Failed.of(e).cause();
        if (failedReads == 0) {
            LOG.atError().addKeyValue("error", cause).log("The spool cannot be drained on; it is tried again");
        }
        resumeAt = System.nanoTime() + lastPause.toNanos();
        if (++failedReads >= READ_ATTEMPTS && underWay.isEmpty()) {
            failedReads = 0;
            try {
                reader.abandonSegment(cause);
            } catch (IOException again) {
                LOG.atError()
                        .addKeyValue("error", CheckResult.Failed.of(again).cause())
                        .log("The spool stands still");
            }
        }
    }

    private void persist(Duration every) {
        long now = System.nanoTime();
        if (now - persistedAt < every.toNanos()) {
            return;
        }
        persistedAt = now;
        try {
            spool.persistPosition();
            positionFailed = false;
        } catch (IOException e) {
            if (positionFailed) {
                return;
            }
            positionFailed = true;
            LOG.atWarn()
                    .addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("The spool's position could not be written; a kill now has envelopes sent twice");
        }
    }

    private void survey() {
        long now = System.nanoTime();
        if (now - surveyedAt < SURVEY_EVERY.toNanos()) {
            return;
        }
        surveyedAt = now;
        try {
            spool.surveyQuarantine();
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("What the spool has set aside could not be looked at");
        }
    }

    private long waitNanos() {
        long untilResume = resumeAt - System.nanoTime();
        return untilResume > 0 ? untilResume : TimeUnit.MILLISECONDS.toNanos(250);
    }

    private static final class UnderWay {
        private final SpooledRecord record;
        /** Null: it has to be sent again. */
        private @Nullable CompletableFuture<Sent> sent;

        UnderWay(SpooledRecord record) {
            this.record = record;
        }

        boolean isOpen() {
            return sent != null && !sent.isDone();
        }

        /** Null while there is none. */
        @Nullable
        Sent response() {
            return sent == null || !sent.isDone() ? null : sent.join();
        }

        void reopenIfAway() {
            if (response() instanceof Sent.Unavailable) {
                sent = null;
            }
        }
    }
}
