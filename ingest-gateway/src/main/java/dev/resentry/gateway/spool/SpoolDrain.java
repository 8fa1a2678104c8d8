package dev.resentry.gateway.spool;

import dev.resentry.gateway.spool.EnvelopeSink.Sent;
import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the records of a spool, oldest first. Many records are in flight at once while the sink accepts them; after a failure one
 * record is retried with growing pauses until it is acknowledged. The spool's position moves only past a gapless run of
 * acknowledged records, so that after a kill records are sent twice but never lost.
 */
public final class SpoolDrain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDrain.class);
    private static final long MAX_BYTES_IN_FLIGHT = 8L * 1024 * 1024;
    private static final int MAX_IN_FLIGHT = 1000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PERSIST_EVERY = Duration.ofMillis(250);
    private static final Duration SURVEY_EVERY = Duration.ofSeconds(5);
    private static final Duration RETIRE_AFTER = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final int READ_ATTEMPTS = 10;

    private final EnvelopeSpool spool;
    private final SpoolReader reader;
    private final EnvelopeSink sink;
    private final Duration lastPause;
    private final Thread thread;
    private volatile boolean closed;

    private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
    private long bytesInFlight;
    private boolean healthy;
    /** A record in flight has failed: nothing is sent until all are answered. Set before the result can be seen. */
    private volatile boolean failed;

    private boolean positionFailed;
    private Duration pause = FIRST_PAUSE;
    private long resumeAt = System.nanoTime();
    private long persistedAt = System.nanoTime();
    private long surveyedAt = System.nanoTime();
    private long idleSince = System.nanoTime();
    private int failedReads;

    private SpoolDrain(EnvelopeSpool spool, EnvelopeSink sink, Duration lastPause) {
        this.spool = spool;
        this.reader = new SpoolReader(spool);
        this.sink = sink;
        this.lastPause = lastPause;
        this.thread = Thread.ofPlatform().name("spool-drain").daemon().unstarted(this::run);
    }

    public static SpoolDrain start(EnvelopeSpool spool, EnvelopeSink sink) {
        return start(spool, sink, LAST_PAUSE);
    }

    /** @param lastPause to which the pauses grow while nothing is acknowledged, and between attempts to read */
    static SpoolDrain start(EnvelopeSpool spool, EnvelopeSink sink, Duration lastPause) {
        var drain = new SpoolDrain(spool, sink, lastPause);
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
                if (inFlight.isEmpty() && !more) {
                    rest();
                }
            } catch (IOException e) {
                readFailed(e);
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
            readFailed(e);
        }
    }

    /** Removes answered records from the head of the queue. */
    private void settle() throws IOException {
        while (!inFlight.isEmpty()) {
            InFlight head = inFlight.getFirst();
            Sent sent = head.response();
            switch (sent) {
                case null -> {
                    return;
                }
                case Sent.Acknowledged _ -> {
                    remove(head);
                    spool.drained(head.record);
                    healthy = true;
                    pause = FIRST_PAUSE;
                    spool.draining(true);
                }
                case Sent.Unsendable(String cause) -> {
                    reader.quarantine(head.record, cause);
                    remove(head);
                }
                case Sent.Unavailable(String cause) -> {
                    // Later records are awaited, so that none of them overtakes this one when it is sent again.
                    if (inFlight.stream().anyMatch(InFlight::isOpen)) {
                        return;
                    }
                    backOff(cause);
                    return;
                }
            }
        }
    }

    private void remove(InFlight head) {
        inFlight.removeFirst();
        bytesInFlight -= head.record.bytes();
        idleSince = System.nanoTime();
    }

    private void backOff(String cause) {
        if (healthy) {
            LOG.atWarn().addKeyValue("error", cause).log("The spool waits for Kafka");
        }
        healthy = false;
        failed = false;
        spool.draining(false);
        inFlight.forEach(InFlight::resetIfUnavailable);
        resumeAt = System.nanoTime() + pause.toNanos();
        pause = pause.multipliedBy(2).compareTo(lastPause) < 0 ? pause.multipliedBy(2) : lastPause;
    }

    /**
     * Sends what there is room for, records to be sent again first.
     *
     * @return whether there may be more to send
     */
    private boolean send() throws IOException {
        if (System.nanoTime() - resumeAt < 0) {
            return true;
        }
        for (InFlight unsent : inFlight) {
            if (unsent.sent == null) {
                if (failed || (!healthy && unsent != inFlight.getFirst())) {
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
            var next = new InFlight(record);
            inFlight.addLast(next);
            bytesInFlight += record.bytes();
            transmit(next);
        }
        return true;
    }

    private boolean hasRoom() {
        return inFlight.isEmpty()
                || (healthy && !failed && inFlight.size() < MAX_IN_FLIGHT && bytesInFlight < MAX_BYTES_IN_FLIGHT);
    }

    private void transmit(InFlight record) {
        SpooledEnvelope envelope = record.record.envelope();
        record.sent = sink.send(envelope.headers(), envelope.body()).handle((response, failure) -> {
            Sent sent = failure == null
                    ? response
                    : new Sent.Unavailable(CheckResult.Failed.of(failure).cause());
            if (sent instanceof Sent.Unavailable) {
                failed = true;
            }
            return sent;
        });
        var _ = record.sent.thenRun(this::wake);
    }

    private void rest() {
        // What is spooled next is spooled as Kafka is away: that is not a drain until the first of it is acknowledged.
        spool.draining(false);
        reader.caughtUp(System.nanoTime() - idleSince > RETIRE_AFTER.toNanos());
    }

    /** The spool cannot be read, or a record cannot be quarantined. */
    private void readFailed(IOException e) {
        String cause = CheckResult.Failed.of(e).cause();
        if (failedReads == 0) {
            LOG.atError().addKeyValue("error", cause).log("The spool cannot be drained on; it is tried again");
        }
        resumeAt = System.nanoTime() + lastPause.toNanos();
        if (++failedReads >= READ_ATTEMPTS && inFlight.isEmpty()) {
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
        if (untilResume > 0) {
            return untilResume;
        }
        // What is kept wakes it; what else it does is no hurry.
        boolean isQuiet = inFlight.isEmpty() && System.nanoTime() - idleSince > RETIRE_AFTER.toNanos();
        return isQuiet ? SURVEY_EVERY.toNanos() : PERSIST_EVERY.toNanos();
    }

    private static final class InFlight {
        private final SpooledRecord record;
        /** Null: it has to be sent again. */
        private @Nullable CompletableFuture<Sent> sent;

        InFlight(SpooledRecord record) {
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

        void resetIfUnavailable() {
            if (response() instanceof Sent.Unavailable) {
                sent = null;
            }
        }
    }
}
