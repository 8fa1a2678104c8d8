package dev.resentry.gateway.spool;

import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The spool's only writer, a thread. Appends that are queued during a sync are written together and share the next sync. If a write
 * or sync fails, only its appends fail: their bytes are truncated, and the next append begins a new segment, because after one
 * failed sync of a file the operating system may report the next as successful although data is lost.
 */
final class GroupCommit {
    private static final long MAX_BATCH_BYTES = 16L * 1024 * 1024;
    private static final int STAGING_BYTES = 1024 * 1024;

    private final SpoolDirectory directory;
    private final Disk disk;
    private final Clock clock;
    private final Thread thread;

    private final ReentrantLock lock;
    private final Condition changed;
    private final SegmentQueue segments;
    private final SpoolBounds bounds;
    private final ArrayDeque<Append> queue = new ArrayDeque<>();
    /** Bytes that are queued or being written. */
    private long pendingBytes;

    private boolean closed;
    private long kept;
    private long nextNumber;
    private volatile Runnable onKept = () -> {};

    /**
     * @param lock the spool's, which guards its state
     * @param nextNumber the number of the first segment that it begins
     */
    GroupCommit(
            SpoolDirectory directory,
            Disk disk,
            Clock clock,
            ReentrantLock lock,
            SegmentQueue segments,
            SpoolBounds bounds,
            long nextNumber) {
        this.directory = directory;
        this.disk = disk;
        this.clock = clock;
        this.lock = lock;
        this.changed = lock.newCondition();
        this.segments = segments;
        this.bounds = bounds;
        this.nextNumber = nextNumber;
        this.thread = Thread.ofPlatform().name("spool-writer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Called on the writer thread after each batch that was synced. */
    void onKept(Runnable listener) {
        onKept = listener;
    }

    /** Queues an append. Returns null, or the reason why it is rejected. Needs the spool's lock. */
    @Nullable
    Appended offer(Append append) {
        SpoolBounds.Reached reached = reached(append.bytes());
        if (reached != null) {
            return bounds.refuse(reached, 1);
        }
        queue.add(append);
        pendingBytes += append.bytes();
        changed.signal();
        return null;
    }

    /** The bound that rejects an append of so many bytes; null if none does. Needs the spool's lock. */
    SpoolBounds.@Nullable Reached reached(long bytes) {
        return closed
                ? new SpoolBounds.Reached(SpoolRejection.STOPPING, "the gateway is stopping")
                : bounds.reached(bytes, pendingBytes);
    }

    /** How many appends were synced. Needs the spool's lock. */
    long kept() {
        return kept;
    }

    /**
     * Waits until the queued appends are written, for a bounded time, as a disk may hang.
     *
     * @return whether they are
     */
    boolean close(Duration within) throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        // Not interrupted: an interrupt would close the file channel that the writer uses.
        return thread.join(within);
    }

    private void run() {
        ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES);
        boolean goesOn = true;
        while (goesOn) {
            goesOn = keepNext(staging);
        }
    }

    /** A method of its own, so that no local variable holds the last batch while the thread waits for the next. */
    private boolean keepNext(ByteBuffer staging) {
        List<Append> batch = take();
        if (batch.isEmpty()) {
            return false;
        }
        Appended outcome = keep(batch, staging);
        for (Append append : batch) {
            append.outcome().complete(outcome);
        }
        if (outcome instanceof Appended.Kept) {
            onKept.run();
        }
        return true;
    }

    /** Waits for appends; empty after the spool was closed. */
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
            if (batch.isEmpty()) {
                segments.closeActive(null);
            } else {
                segments.beginBatch();
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
            SpoolBounds.Reached reached = bounds.reachedOnDisk(disk.usableBytes(directory.root()), bytes);
            if (reached == null) {
                activeSegment().write(batch, staging, now);
                outcome = new Appended.Kept();
            } else {
                outcome = refuse(reached, batch.size());
            }
        } catch (IOException | RuntimeException e) {
            outcome = fail(CheckResult.Failed.of(e).cause(), batch.size());
        }
        lock.lock();
        try {
            segments.endBatch();
            pendingBytes -= bytes;
            if (outcome instanceof Appended.Kept) {
                segments.kept(batch.size(), bytes, now);
                kept += batch.size();
            } else {
                bounds.notKept();
            }
        } finally {
            lock.unlock();
        }
        return outcome;
    }

    private Appended refuse(SpoolBounds.Reached reached, int appends) {
        lock.lock();
        try {
            return bounds.refuse(reached, appends);
        } finally {
            lock.unlock();
        }
    }

    /** Runs without the lock, so that requests do not wait for the disk; no other thread changes the active segment meanwhile. */
    private SegmentWriter activeSegment() throws IOException {
        SegmentWriter open = current();
        if (open != null) {
            return open;
        }
        SegmentWriter created = SegmentWriter.create(disk, directory, nextNumber++);
        lock.lock();
        try {
            segments.activate(created);
        } finally {
            lock.unlock();
        }
        return created;
    }

    private @Nullable SegmentWriter current() {
        lock.lock();
        try {
            return segments.active();
        } finally {
            lock.unlock();
        }
    }

    private Appended fail(String cause, int appends) {
        SegmentWriter failed;
        Appended outcome;
        lock.lock();
        try {
            failed = segments.giveUpActive();
            outcome = bounds.failed(cause, appends);
        } finally {
            lock.unlock();
        }
        if (failed != null) {
            failed.abandon();
        }
        return outcome;
    }
}
