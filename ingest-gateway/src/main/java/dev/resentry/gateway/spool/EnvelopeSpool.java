package dev.resentry.gateway.spool;

import dev.resentry.gateway.spool.SpoolDirectory.Position;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
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
    private static final SecureRandom MARKS = new SecureRandom();

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

    private @Nullable Active active;
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

    // Only the drain's thread reads on.
    private Position cursor;
    private @Nullable SegmentReader reader;

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
        this.cursor = drained;
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
        var append = new Append(SpooledEnvelope.of(envelope));
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
        return append.outcome;
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

    /** A record that waits, and where it stands. */
    record Waiting(long segment, long from, long next, SpooledEnvelope envelope) {
        long bytes() {
            return next - from;
        }
    }

    /**
     * The next record that has not been handed out; null if there is none now. What is broken is set aside on the way.
     *
     * @throws IOException if the disk cannot be read; to be tried again
     */
    @Nullable
    Waiting next() throws IOException {
        while (true) {
            long end;
            boolean last;
            Segment segment;
            lock.lock();
            try {
                segment = segmentFrom(cursor.segment());
                if (segment == null) {
                    return null;
                }
                end = segment.end;
                last = segment == segments.peekLast();
            } finally {
                lock.unlock();
            }
            if (segment.number > cursor.segment()) {
                moveTo(new Position(segment.number, SegmentFormat.PREAMBLE_BYTES));
            }
            if (cursor.offset() >= end) {
                if (last) {
                    return null;
                }
                moveTo(new Position(segment.number + 1, SegmentFormat.PREAMBLE_BYTES));
                continue;
            }
            Waiting found = read(segment, end);
            if (found != null) {
                return found;
            }
        }
    }

    /** The outlet has acknowledged a record, and all before it. */
    void drained(Waiting record) {
        advance(record, true);
    }

    /** Takes a record out of the queue that can never be sent. */
    void setAside(Waiting record, String cause) {
        setAside(
                record.segment(),
                record.from(),
                record.next(),
                record.envelope().id(),
                cause);
        advance(record, false);
    }

    /** Everything handed out is drained, and there is no more. */
    void caughtUp(boolean retireActive) {
        List<Segment> retired;
        lock.lock();
        try {
            drained = cursor;
            retired = retire(retireActive);
        } finally {
            lock.unlock();
        }
        if (retireActive) {
            // An open file takes its room on the disk even when it is deleted.
            closeReader();
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
        Position now;
        lock.lock();
        try {
            now = drained;
        } finally {
            lock.unlock();
        }
        if (!now.equals(persisted)) {
            directory.writePosition(now);
            persisted = now;
        }
    }

    /** Takes a segment out of the queue that the disk does not give back; people may yet get something from it. */
    void abandonUnreadable(String cause) throws IOException {
        Segment segment;
        lock.lock();
        try {
            segment = segmentFrom(cursor.segment());
            if (segment == null || (writing && active != null && active.segment == segment)) {
                return;
            }
            closeActive(segment);
            brokenTotal += Math.max(segment.waiting, 1);
            ages.remove(segment.waiting);
            segments.remove(segment);
        } finally {
            lock.unlock();
        }
        Path file = directory.setAsideWhole(segment.number);
        LOG.atError()
                .addKeyValue("file", file)
                .addKeyValue("error", cause)
                .log("A segment of the spool was set aside whole");
        moveTo(new Position(segment.number + 1, SegmentFormat.PREAMBLE_BYTES));
    }

    // --- appending

    private static final class Append {
        private final CompletableFuture<Appended> outcome = new CompletableFuture<>();
        private final ByteBuffer head;
        private final ByteBuffer body;

        Append(SpooledEnvelope envelope) {
            head = envelope.head();
            body = ByteBuffer.wrap(envelope.body());
        }

        long bytes() {
            return SegmentFormat.HEADER_BYTES + (long) head.limit() + body.limit();
        }
    }

    private record Active(Segment segment, Disk.AppendFile file, long mark, boolean fresh) {}

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
                append.outcome.complete(outcome);
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
            if (batch.isEmpty() || (active != null && active.segment.end >= segmentBytes)) {
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
                writeBatch(batch, staging, now);
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
                Segment segment = active.segment;
                segment.end += bytes;
                segment.size = segment.end;
                segment.waiting += batch.size();
                batch.forEach(_ -> ages.add(now));
                appendedTotal += batch.size();
                if (active.fresh) {
                    active = new Active(segment, active.file, active.mark, false);
                    segments.addLast(segment);
                }
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

    /** When this returns, the batch survives a power cut; not until then does {@link Segment#end} include it. */
    private void writeBatch(List<Append> batch, ByteBuffer staging, long now) throws IOException {
        Active segment = activeSegment();
        long offset = segment.segment.end;
        staging.clear();
        if (segment.fresh) {
            stage(SegmentFormat.preamble(segment.mark), staging, segment.file);
        }
        for (Append append : batch) {
            int length = append.head.limit() + append.body.limit();
            int checksum = SegmentFormat.checksum(append.head, append.body);
            stage(new SegmentFormat.Header(now, length, checksum).encode(segment.mark, offset), staging, segment.file);
            stage(append.head, staging, segment.file);
            stage(append.body, staging, segment.file);
            offset += append.bytes();
        }
        segment.file.write(staging.flip());
        segment.file.sync();
        if (segment.fresh) {
            disk.syncDirectory(directory.root());
        }
    }

    private static void stage(ByteBuffer bytes, ByteBuffer staging, Disk.AppendFile file) throws IOException {
        while (bytes.hasRemaining()) {
            int part = Math.min(bytes.remaining(), staging.remaining());
            staging.put(staging.position(), bytes, bytes.position(), part);
            staging.position(staging.position() + part);
            bytes.position(bytes.position() + part);
            if (!staging.hasRemaining()) {
                file.write(staging.flip());
                staging.clear();
            }
        }
    }

    /** Not under the lock, for which requests wait. While this thread is writing, no other changes what is active. */
    private Active activeSegment() throws IOException {
        Active open = current();
        if (open != null) {
            return open;
        }
        long number = nextNumber++;
        var segment = new Segment(number, SegmentFormat.PREAMBLE_BYTES, SegmentFormat.PREAMBLE_BYTES, 0);
        var created = new Active(segment, disk.create(directory.segment(number)), MARKS.nextLong(), true);
        lock.lock();
        try {
            active = created;
        } finally {
            lock.unlock();
        }
        return created;
    }

    private @Nullable Active current() {
        lock.lock();
        try {
            return active;
        } finally {
            lock.unlock();
        }
    }

    /** Cuts off what a failed write left behind, and writes no more to that file. */
    private void abandonActive(String cause) {
        Active failed;
        lock.lock();
        try {
            failed = active;
            active = null;
            complain("The spool's disk failed", cause);
        } finally {
            lock.unlock();
        }
        if (failed == null) {
            return;
        }
        try (Disk.AppendFile file = failed.file) {
            if (failed.fresh) {
                Files.deleteIfExists(directory.segment(failed.segment.number));
            } else {
                file.truncate(failed.segment.end);
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", reason(e)).log("What a failed write left in the spool is still there");
        }
    }

    /** Closes the file that is written to; if a segment is given, only if it is that one's. */
    private void closeActive(@Nullable Segment only) {
        if (active == null || (only != null && active.segment != only)) {
            return;
        }
        try {
            active.file.close();
        } catch (IOException e) {
            // All that was acknowledged is synced.
            LOG.atWarn().addKeyValue("error", reason(e)).log("A segment of the spool could not be closed");
        }
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

    private @Nullable Waiting read(Segment segment, long end) throws IOException {
        SegmentReader open = reader;
        if (open == null) {
            try {
                open = SegmentReader.open(directory.segment(segment.number));
            } catch (SegmentReader.UnreadableSegmentException e) {
                abandonUnreadable(reason(e));
                return null;
            }
            reader = open;
        }
        long from = cursor.offset();
        return switch (open.read(from, end)) {
            case SegmentReader.Read.Found(long next, var _, SpooledEnvelope envelope) -> {
                cursor = new Position(segment.number, next);
                yield new Waiting(segment.number, from, next, envelope);
            }
            case SegmentReader.Read.Broken(long next, String cause) -> {
                setAside(segment.number, from, next, "unknown", cause);
                cursor = new Position(segment.number, next);
                yield null;
            }
            case SegmentReader.Read.Tail _ -> {
                setAside(segment.number, from, end, "unknown", "there is no record from here to the end");
                cursor = new Position(segment.number, end);
                yield null;
            }
            case SegmentReader.Read.End _ -> null;
        };
    }

    private void setAside(long segment, long from, long to, String envelopeId, String cause) {
        var error = LOG.atError()
                .addKeyValue("file", directory.segment(segment))
                .addKeyValue("offset", from)
                .addKeyValue("bytes", to - from)
                .addKeyValue("envelopeId", envelopeId)
                .addKeyValue("error", cause);
        try {
            error.addKeyValue("setAside", directory.setAside(segment, from, to))
                    .log("A record of the spool was set aside");
        } catch (IOException e) {
            lock.lock();
            try {
                segments.stream().filter(s -> s.number == segment).forEach(s -> s.worthKeeping = true);
            } finally {
                lock.unlock();
            }
            error.addKeyValue("disk", reason(e)).log("A record of the spool was skipped; its segment is kept");
        }
        lock.lock();
        try {
            brokenTotal++;
        } finally {
            lock.unlock();
        }
    }

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
            if (active != null && active.segment == first) {
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

    private void moveTo(Position position) throws IOException {
        SegmentReader open = reader;
        reader = null;
        cursor = position;
        if (open != null) {
            open.close();
        }
    }

    void closeReader() {
        try {
            moveTo(cursor);
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", reason(e)).log("A segment that was read could not be closed");
        }
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
