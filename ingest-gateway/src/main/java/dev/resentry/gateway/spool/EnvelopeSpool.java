package dev.resentry.gateway.spool;

import dev.resentry.gateway.spool.SpoolDirectory.Position;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only log of envelopes on this machine's disk. An envelope that was acknowledged survives a kill and a power cut. It is
 * read in the order of the log, also by the next process, and deleted only after it was drained.
 *
 * <p>{@link GroupCommit} writes it, within {@link SpoolBounds}, to the end of a {@link SegmentQueue}; {@link SpoolDrain} is its
 * one reader.
 */
public final class EnvelopeSpool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeSpool.class);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final SpoolDirectory directory;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final SegmentQueue segments;
    private final SpoolBounds bounds;
    private final GroupCommit writer;
    private Position persisted;
    private long drainedTotal;
    private long quarantinedTotal;
    private boolean draining;

    private EnvelopeSpool(
            SpoolDirectory directory, SpoolSettings settings, Clock clock, Disk disk, long maxSegmentBytes)
            throws IOException {
        this.directory = directory;
        this.clock = clock;
        this.persisted = positionOf(directory);
        long segmentBytes = Math.min(maxSegmentBytes, settings.maxBytes().toBytes() / 8);
        this.segments = new SegmentQueue(recovered(), persisted, segmentBytes);
        if (segments.count() > 0) {
            LOG.atInfo()
                    .addKeyValue("directory", directory.root())
                    .addKeyValue("envelopes", segments.count())
                    .log("The spool holds envelopes from earlier; they are sent once Kafka takes them");
        }
        long nextNumber = Math.max(persisted.segment(), directory.highestNumber()) + 1;
        this.bounds = new SpoolBounds(settings, directory.root(), segments, clock);
        this.writer = new GroupCommit(directory, disk, clock, lock, segments, bounds, nextNumber);
        surveyQuarantine();
        if (bounds.quarantinedBytes() > 0) {
            LOG.atError()
                    .addKeyValue("directory", directory.root())
                    .addKeyValue("bytes", bounds.quarantinedBytes())
                    .log(
                            "Files ending in .quarantine (or .broken) hold envelopes that were set aside; they take room until somebody sees to them");
        }
    }

    /**
     * Locks a directory and reads the segments in it.
     *
     * @return empty if another process, or another spool of this one, holds it
     */
    static Optional<EnvelopeSpool> take(Path path, SpoolSettings settings, Clock clock, Disk disk, long segmentBytes)
            throws IOException {
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

    /** Appends an envelope. Never blocks; the future completes on the writer's thread, so its actions must be short. */
    public CompletableFuture<Appended> append(RawEnvelope envelope) {
        var append = Append.of(SpooledEnvelope.of(envelope));
        lock.lock();
        try {
            Appended rejection = writer.offer(append);
            return rejection == null ? append.outcome() : CompletableFuture.completedFuture(rejection);
        } finally {
            lock.unlock();
        }
    }

    /** Whether an append would probably succeed: no bound is reached, and no append failed recently. */
    public boolean isAccepting() {
        lock.lock();
        try {
            return accepts();
        } finally {
            lock.unlock();
        }
    }

    private boolean accepts() {
        return writer.reached(0) == null && !bounds.hasFailedLately();
    }

    public SpoolStatus status() {
        lock.lock();
        try {
            long now = clock.millis();
            return new SpoolStatus(
                    accepts(),
                    segments.count(),
                    segments.bytes(),
                    Duration.ofMillis(Math.max(now - segments.oldestMillis(now), 0)),
                    writer.kept(),
                    drainedTotal,
                    bounds.rejected(),
                    quarantinedTotal,
                    bounds.quarantinedBytes(),
                    segments.unread(),
                    draining && segments.count() > 0);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the queued appends, for a bounded time if the disk hangs. The content of the spool stays for the next start. */
    @Override
    public void close() {
        try {
            if (writer.close(STOP_WITHIN)) {
                directory.close();
            } else {
                // The directory stays locked: a second spool would write to it besides the hanging writer. The end of
                // the
                // process unlocks it.
                LOG.atError()
                        .addKeyValue("directory", directory.root())
                        .log("The spool's disk hangs; what it has not kept by now was not acknowledged");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", reason(e)).log("The lock of the spool could not be released");
        }
    }

    // --- for the drain

    void onKept(Runnable listener) {
        writer.onKept(listener);
    }

    /** The sink has acknowledged this record and all before it. */
    void drained(SpooledRecord record) {
        removeAll(queue -> {
            drainedTotal++;
            return queue.takeOff(record);
        });
    }

    /** A record was quarantined and need not be drained. */
    void skipped(SpooledRecord record) {
        removeAll(queue -> queue.takeOff(record));
    }

    /** Everything before a position is drained, and the log ends there. */
    void drainedTo(Position position, boolean retireActive) {
        removeAll(queue -> queue.drainedTo(position, retireActive));
    }

    void draining(boolean now) {
        lock.lock();
        try {
            draining = now;
        } finally {
            lock.unlock();
        }
    }

    /** Writes the position from which the next start goes on. */
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

    /** The position before which everything is drained. */
    Position position() {
        lock.lock();
        try {
            return segments.drained();
        } finally {
            lock.unlock();
        }
    }

    /** The part of a segment that can be read now. */
    record ReadableSegment(Segment segment, long end, boolean unread, boolean last) {
        long number() {
            return segment.number;
        }
    }

    /** The first segment with this number or a higher one; null if there is none. */
    @Nullable
    ReadableSegment readableFrom(long number) {
        lock.lock();
        try {
            Segment segment = segments.from(number);
            return segment == null
                    ? null
                    : new ReadableSegment(segment, segment.end, segment.unread, segments.isLast(segment));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads a segment again that could not be read at the start.
     *
     * @throws IOException if it still cannot
     */
    void readAgain(Segment segment) throws IOException {
        SegmentRecovery.Recovered recovered = SegmentRecovery.recover(directory, segment.number, position());
        lock.lock();
        try {
            switch (recovered) {
                case SegmentRecovery.Recovered.SpooledRecord(Segment found) -> segment.becomes(found);
                case SegmentRecovery.Recovered.Nothing _ -> segments.remove(segment);
                case SegmentRecovery.Recovered.SetAside _ -> {
                    segments.remove(segment);
                    quarantinedTotal++;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** A file of so many bytes was quarantined. */
    void quarantined(long bytes) {
        lock.lock();
        try {
            quarantinedTotal++;
            bounds.quarantinedBytes(bounds.quarantinedBytes() + bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Closes a segment for writing; false while a batch is being written to it. */
    boolean letGo(Segment segment) {
        lock.lock();
        try {
            return segments.letGo(segment);
        } finally {
            lock.unlock();
        }
    }

    /** A whole segment was quarantined; it leaves the queue. */
    void abandoned(Segment segment) {
        lock.lock();
        try {
            quarantinedTotal += Math.max(segment.waiting.count(), 1);
            bounds.quarantinedBytes(bounds.quarantinedBytes() + segment.size);
            segments.remove(segment);
        } finally {
            lock.unlock();
        }
    }

    /** Measures the quarantine again, because operators delete files from it. */
    void surveyQuarantine() throws IOException {
        long bytes = directory.quarantinedBytes();
        lock.lock();
        try {
            bounds.quarantinedBytes(bytes);
        } finally {
            lock.unlock();
        }
    }

    private void removeAll(Function<SegmentQueue, List<Segment>> taken) {
        List<Segment> retired;
        lock.lock();
        try {
            retired = taken.apply(segments);
        } finally {
            lock.unlock();
        }
        retired.forEach(this::remove);
    }

    /** Runs without the lock, so that requests do not wait while a slow disk deletes. */
    private void remove(Segment retired) {
        try {
            Files.deleteIfExists(directory.segment(retired.number));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", directory.segment(retired.number))
                    .addKeyValue("error", reason(e))
                    .log("A drained segment of the spool could not be deleted");
        }
    }

    private static Position positionOf(SpoolDirectory directory) {
        try {
            return directory.position();
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("directory", directory.root())
                    .addKeyValue("error", reason(e))
                    .log("The spool's position cannot be read; all that is there is sent, some of it again");
            return Position.START;
        }
    }

    /** An unreadable segment must not prevent the start of a gateway; the drain reads it again when it gets there. */
    private List<Segment> recovered() throws IOException {
        List<Segment> recovered = new ArrayList<>();
        for (long number : directory.segments()) {
            try {
                switch (SegmentRecovery.recover(directory, number, persisted)) {
                    case SegmentRecovery.Recovered.SpooledRecord(Segment segment) -> recovered.add(segment);
                    case SegmentRecovery.Recovered.Nothing _ -> {}
                    case SegmentRecovery.Recovered.SetAside _ -> quarantinedTotal++;
                }
            } catch (IOException e) {
                Path file = directory.segment(number);
                LOG.atError()
                        .addKeyValue("file", file)
                        .addKeyValue("error", reason(e))
                        .log("A segment of the spool cannot be read; it is tried again");
                recovered.add(Segment.unread(number, file.toFile().length()));
            }
        }
        return recovered;
    }

    private static String reason(Exception e) {
        return CheckResult.Failed.of(e).cause();
    }
}
