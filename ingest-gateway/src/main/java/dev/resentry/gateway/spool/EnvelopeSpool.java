package dev.resentry.gateway.spool;

import dev.resentry.gateway.spool.SpoolDirectory.Position;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only log of envelopes on this machine's disk. What it says is kept survives a kill and a power cut, and is read
 * again, in order, until it is drained; nothing kept is deleted before.
 *
 * <p>One thread writes: all appends that wait while it syncs share the next sync. A failed write or sync costs the appends it
 * was for and nothing else: what they left behind is cut off, and the next append begins a new segment, as a file whose sync
 * has failed once may lie about the next.
 *
 * <p>{@link SpoolDrain} is its one reader.
 */
public final class EnvelopeSpool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeSpool.class);
    private static final long MAX_SEGMENT_BYTES = 64L * 1024 * 1024;
    private static final long MAX_QUEUED_BYTES = 64L * 1024 * 1024;
    private static final long MAX_BATCH_BYTES = 16L * 1024 * 1024;
    private static final int STAGING_BYTES = 1024 * 1024;
    private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long FAILED_LATELY_NANOS = Duration.ofSeconds(10).toNanos();

    private final SpoolDirectory directory;
    private final SpoolSettings settings;
    private final Clock clock;
    private final Disk disk;
    private final long segmentBytes;
    private final Thread writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Append> queue = new ArrayDeque<>();
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private final WaitingAges ages = new WaitingAges();
    private long nextNumber;
    /** What is queued or being written. */
    private long pendingBytes;

    private @Nullable SegmentWriter active;
    private boolean writing;
    private boolean closed;
    private long lastRefusal = System.nanoTime() - FAILED_LATELY_NANOS;
    private long lastComplaint = System.nanoTime() - SAY_AGAIN_NANOS;
    private Position drained;
    private Position persisted;
    private long appendedTotal;
    private long drainedTotal;
    private long brokenTotal;
    private boolean draining;
    private volatile Runnable onKept = () -> {};

    private EnvelopeSpool(
            SpoolDirectory directory, SpoolSettings settings, Clock clock, Disk disk, long maxSegmentBytes)
            throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.disk = disk;
        this.segmentBytes = Math.min(maxSegmentBytes, settings.maxBytes().toBytes() / 8);
        this.drained = directory.position();
        this.persisted = drained;
        this.nextNumber = drained.segment() + 1;
        recover();
        this.writer = Thread.ofPlatform().name("spool-writer").daemon().unstarted(this::write);
    }

    /**
     * Takes a spool of its own in the settings' directory and reads what it holds.
     *
     * @throws IllegalStateException if there is none to take, or it cannot be read or written; the message names the directory
     */
    public static EnvelopeSpool open(SpoolSettings settings, Clock clock) {
        try {
            List<Path> slots = new ArrayList<>();
            for (int i = 0; i < settings.slots(); i++) {
                Path slot = settings.directory().resolve(Integer.toString(i));
                // What a gateway left that runs no longer is not to wait for it.
                slots.add(SpoolDirectory.hasSegments(slot) ? 0 : slots.size(), slot);
            }
            for (Path slot : slots) {
                Optional<EnvelopeSpool> taken = take(slot, settings, clock, Disk.ofThisMachine(), MAX_SEGMENT_BYTES);
                if (taken.isPresent()) {
                    return taken.get();
                }
            }
        } catch (IOException e) {
            throw unusable(settings.directory(), e);
        }
        throw new IllegalStateException(
                "The spool directory %s is in use: other gateways hold all %d slots of it; set RESENTRY_SPOOL_DIR to another"
                        .formatted(settings.directory().toAbsolutePath(), settings.slots()));
    }

    /** Whether any spool of a directory holds envelopes. */
    public static boolean holdsAny(SpoolSettings settings) {
        try {
            for (int i = 0; i < settings.slots(); i++) {
                if (SpoolDirectory.hasSegments(settings.directory().resolve(Integer.toString(i)))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw unusable(settings.directory(), e);
        }
    }

    /**
     * Opens the spool that is one directory.
     *
     * @throws IllegalStateException if another process holds it, or it cannot be read or written; the message names the directory
     */
    static EnvelopeSpool in(Path directory, SpoolSettings settings, Clock clock, Disk disk, long segmentBytes) {
        try {
            return take(directory, settings, clock, disk, segmentBytes)
                    .orElseThrow(() -> new IllegalStateException("The spool directory %s is in use by another gateway"
                            .formatted(directory.toAbsolutePath())));
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** Has an envelope kept. Never blocks; the future completes on the writer's thread, which must not be held up. */
    public CompletableFuture<Appended> append(RawEnvelope envelope) {
        var append = Append.of(SpooledEnvelope.of(envelope));
        lock.lock();
        try {
            Appended refusal = refusal(append.bytes());
            if (refusal != null) {
                return CompletableFuture.completedFuture(refusal);
            }
            queue.add(append);
            pendingBytes += append.bytes();
            changed.signal();
        } finally {
            lock.unlock();
        }
        return append.outcome();
    }

    /** Whether an append now would likely be kept: no bound is reached, and none has failed lately. */
    public boolean isAccepting() {
        lock.lock();
        try {
            return refusal(0) == null && System.nanoTime() - lastRefusal > FAILED_LATELY_NANOS;
        } finally {
            lock.unlock();
        }
    }

    public SpoolStatus status() {
        lock.lock();
        try {
            long now = clock.millis();
            return new SpoolStatus(
                    settings.enabled(),
                    ages.count(),
                    diskBytes(),
                    Duration.ofMillis(Math.max(now - ages.oldestMillis(now), 0)),
                    appendedTotal,
                    drainedTotal,
                    brokenTotal,
                    draining && ages.count() > 0);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the appends under way are kept. What is in the spool stays for the next start. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            // Never interrupted: that would close the file under its writer.
            writer.join();
            directory.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", reason(e)).log("The lock of the spool could not be released");
        }
    }

    // --- for the drain

    void onKept(Runnable listener) {
        onKept = listener;
    }

    /** The outlet has acknowledged a record, and all before it. */
    void drained(Waiting record) {
        advance(record, true);
    }

    /** A record is set aside and need not be drained. */
    void skipped(Waiting record) {
        advance(record, false);
    }

    /** Everything before a position is drained, and there is no more. */
    void drainedTo(Position position, boolean retireActive) {
        List<Segment> retired;
        lock.lock();
        try {
            drained = position;
            retired = retire(retireActive);
        } finally {
            lock.unlock();
        }
        retired.forEach(this::remove);
    }

    void draining(boolean now) {
        lock.lock();
        try {
            draining = now;
        } finally {
            lock.unlock();
        }
    }

    /** Has the next start go on from here. */
    void persistPosition() throws IOException {
        Position now = position();
        if (!now.equals(persisted)) {
            directory.writePosition(now);
            persisted = now;
        }
    }

    SpoolDirectory directory() {
        return directory;
    }

    /** Up to where everything is drained. */
    Position position() {
        lock.lock();
        try {
            return drained;
        } finally {
            lock.unlock();
        }
    }

    /** What can be read of a segment now. */
    record ReadableSegment(Segment segment, long end, boolean last) {
        long number() {
            return segment.number;
        }
    }

    /** The first segment of a number or a higher one; null if there is none. */
    @Nullable
    ReadableSegment readableFrom(long number) {
        lock.lock();
        try {
            Segment segment = segmentFrom(number);
            return segment == null ? null : new ReadableSegment(segment, segment.end, segment == segments.peekLast());
        } finally {
            lock.unlock();
        }
    }

    /** Something broken was set aside, or, if that failed, is to be kept with its whole segment. */
    void broken(long number, boolean setAside) {
        lock.lock();
        try {
            brokenTotal++;
            Segment segment = segmentFrom(number);
            if (!setAside && segment != null && segment.number == number) {
                segment.worthKeeping = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a segment out of the queue without deleting it; false if it is being written to just now. */
    boolean abandon(Segment segment) {
        lock.lock();
        try {
            if (writing && active != null && active.segment() == segment) {
                return false;
            }
            closeActive(segment);
            brokenTotal += Math.max(segment.waiting, 1);
            ages.remove(segment.waiting);
            segments.remove(segment);
            return true;
        } finally {
            lock.unlock();
        }
    }

    // --- appending

    private @Nullable Appended refusal(long bytes) {
        if (closed) {
            return new Appended.Failed("the gateway is stopping");
        }
        if (!settings.enabled()) {
            return new Appended.Full("the spool is switched off");
        }
        long now = clock.millis();
        if (now - ages.oldestMillis(now) > settings.maxAge().toMillis()) {
            return full("the oldest envelope in the spool waits longer than " + settings.maxAge());
        }
        long max = settings.maxBytes().toBytes();
        if (diskBytes() + pendingBytes + bytes + SegmentFormat.PREAMBLE_BYTES > max) {
            return full("the spool has its %s".formatted(settings.maxBytes()));
        }
        if (pendingBytes > 0 && pendingBytes + bytes > MAX_QUEUED_BYTES) {
            return full("more envelopes wait for the spool's disk than may");
        }
        return null;
    }

    private Appended.Full full(String cause) {
        complain("The spool takes no more; what Kafka does not take in time is refused", cause);
        return new Appended.Full(cause);
    }

    private void complain(String message, String cause) {
        long now = System.nanoTime();
        if (now - lastComplaint >= SAY_AGAIN_NANOS) {
            lastComplaint = now;
            LOG.atError()
                    .addKeyValue("directory", directory.root())
                    .addKeyValue("error", cause)
                    .addKeyValue("envelopes", ages.count())
                    .log(message);
        }
    }

    private void write() {
        ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES);
        for (List<Append> batch = take(); !batch.isEmpty(); batch = take()) {
            Appended outcome = keep(batch, staging);
            for (Append append : batch) {
                append.outcome().complete(outcome);
            }
            if (outcome instanceof Appended.Kept) {
                onKept.run();
            }
        }
    }

    /** Waits for appends; empty once closed. */
    private List<Append> take() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Append> batch = new ArrayList<>();
            long bytes = 0;
            while (!queue.isEmpty()
                    && (batch.isEmpty() || bytes + queue.getFirst().bytes() <= MAX_BATCH_BYTES)) {
                Append append = queue.removeFirst();
                bytes += append.bytes();
                batch.add(append);
            }
            writing = !batch.isEmpty();
            if (batch.isEmpty() || (active != null && active.segment().end >= segmentBytes)) {
                closeActive(null);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private Appended keep(List<Append> batch, ByteBuffer staging) {
        long bytes = batch.stream().mapToLong(Append::bytes).sum();
        long now = clock.millis();
        Appended outcome;
        try {
            long free = disk.usableBytes(directory.root());
            if (free - bytes < settings.minFree().toBytes()) {
                outcome = noRoom(free);
            } else {
                activeSegment().write(batch, staging, now);
                outcome = new Appended.Kept();
            }
        } catch (IOException | RuntimeException e) {
            outcome = new Appended.Failed("the spool's disk failed: " + reason(e));
            abandonActive(reason(e));
        }
        lock.lock();
        try {
            writing = false;
            pendingBytes -= bytes;
            if (!(outcome instanceof Appended.Kept)) {
                lastRefusal = System.nanoTime();
            } else if (active != null) {
                if (active.acknowledge(batch.size(), bytes)) {
                    segments.addLast(active.segment());
                }
                batch.forEach(_ -> ages.add(now));
                appendedTotal += batch.size();
            }
        } finally {
            lock.unlock();
        }
        return outcome;
    }

    private Appended noRoom(long free) {
        lock.lock();
        try {
            return full("the spool's disk has %d MB left (expected: at least %s)"
                    .formatted(free / 1024 / 1024, settings.minFree()));
        } finally {
            lock.unlock();
        }
    }

    /** Not under the lock, for which requests wait. While this thread is writing, no other changes what is active. */
    private SegmentWriter activeSegment() throws IOException {
        SegmentWriter open = current();
        if (open != null) {
            return open;
        }
        SegmentWriter created = SegmentWriter.create(disk, directory, nextNumber++);
        lock.lock();
        try {
            active = created;
        } finally {
            lock.unlock();
        }
        return created;
    }

    private @Nullable SegmentWriter current() {
        lock.lock();
        try {
            return active;
        } finally {
            lock.unlock();
        }
    }

    private void abandonActive(String cause) {
        SegmentWriter failed;
        lock.lock();
        try {
            failed = active;
            active = null;
            complain("The spool's disk failed", cause);
        } finally {
            lock.unlock();
        }
        if (failed != null) {
            failed.abandon();
        }
    }

    /** Closes the file that is written to; if a segment is given, only if it is that one's. */
    private void closeActive(@Nullable Segment only) {
        if (active == null || (only != null && active.segment() != only)) {
            return;
        }
        active.close();
        active = null;
    }

    private long diskBytes() {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.size;
        }
        return bytes;
    }

    // --- reading

    private void advance(Waiting record, boolean acknowledged) {
        List<Segment> retired;
        lock.lock();
        try {
            Segment segment = segmentFrom(record.segment());
            if (segment != null && segment.number == record.segment()) {
                segment.waiting--;
                ages.remove(1);
            }
            drainedTotal += acknowledged ? 1 : 0;
            drained = new Position(record.segment(), record.next());
            retired = retire(false);
        } finally {
            lock.unlock();
        }
        retired.forEach(this::remove);
    }

    /** Takes the segments off of which everything is drained; the one that is written to only if asked. */
    private List<Segment> retire(boolean evenActive) {
        List<Segment> retired = new ArrayList<>();
        while (true) {
            Segment first = segments.peekFirst();
            if (first == null
                    || first.number > drained.segment()
                    || (first.number == drained.segment() && drained.offset() < first.end)) {
                return retired;
            }
            if (active != null && active.segment() == first) {
                if (writing || !evenActive) {
                    return retired;
                }
                closeActive(first);
            }
            segments.removeFirst();
            ages.remove(first.waiting);
            retired.add(first);
        }
    }

    /** Not under the lock, for which requests wait: a disk may take its time to delete. */
    private void remove(Segment retired) {
        try {
            if (retired.worthKeeping) {
                directory.setAsideWhole(retired.number);
            } else {
                Files.deleteIfExists(directory.segment(retired.number));
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", directory.segment(retired.number))
                    .addKeyValue("error", reason(e))
                    .log("A drained segment of the spool could not be deleted");
        }
    }

    private @Nullable Segment segmentFrom(long number) {
        for (Segment segment : segments) {
            if (segment.number >= number) {
                return segment;
            }
        }
        return null;
    }

    // --- starting

    private static Optional<EnvelopeSpool> take(
            Path path, SpoolSettings settings, Clock clock, Disk disk, long segmentBytes) throws IOException {
        Optional<SpoolDirectory> directory = SpoolDirectory.take(path);
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        try {
            var spool = new EnvelopeSpool(directory.get(), settings, clock, disk, segmentBytes);
            spool.writer.start();
            return Optional.of(spool);
        } catch (IOException e) {
            directory.get().close();
            throw e;
        }
    }

    private void recover() throws IOException {
        for (long number : directory.segments()) {
            nextNumber = Math.max(nextNumber, number + 1);
            switch (SegmentRecovery.recover(directory, number, drained, ages::add)) {
                case SegmentRecovery.Recovered.Waiting(Segment segment) -> segments.addLast(segment);
                case SegmentRecovery.Recovered.Nothing _ -> {}
                case SegmentRecovery.Recovered.Unreadable _ -> brokenTotal++;
            }
        }
        if (ages.count() > 0) {
            LOG.atInfo()
                    .addKeyValue("directory", directory.root())
                    .addKeyValue("envelopes", ages.count())
                    .log("The spool holds envelopes from earlier; they are sent once Kafka takes them");
        }
    }

    private static IllegalStateException unusable(Path directory, IOException e) {
        return new IllegalStateException(
                "The spool directory %s cannot be used: %s; set RESENTRY_SPOOL_DIR to another, or RESENTRY_SPOOL=false"
                        .formatted(directory.toAbsolutePath(), e),
                e);
    }

    private static String reason(Exception e) {
        return CheckResult.Failed.of(e).cause();
    }
}
