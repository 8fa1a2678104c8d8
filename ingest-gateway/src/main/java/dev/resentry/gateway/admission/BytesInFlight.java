package dev.resentry.gateway.admission;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of bodies in memory, over all requests, so that memory is never the thing that gives way. Who finds no room
 * is told when there is some, first come, first served. What is small may pass by what is large and waits, and some room is
 * kept for it alone, so that it is never locked out.
 */
public final class BytesInFlight {
    private static final long SMALL = 64 * 1024;

    private final long max;
    private final long maxForLarge;
    private final AtomicLong taken = new AtomicLong();
    private final Queue<Lease> waiters = new ArrayDeque<>();
    private volatile boolean contended;

    public BytesInFlight(long maxBytes) {
        this.max = maxBytes;
        this.maxForLarge = maxBytes - maxBytes / 16;
    }

    /** The least maximum that leaves room for one share of {@code bytes}. */
    public static long leastMaximumFor(long bytes) {
        return bytes + bytes / 15 + 1;
    }

    /** A share that starts empty. */
    public Lease lease() {
        return new Lease();
    }

    /** The bytes in use. */
    public long taken() {
        return taken.get();
    }

    /** Whether somebody waits for room. */
    public boolean isContended() {
        return contended;
    }

    private boolean take(long bytes, boolean small) {
        long bound = small ? max : maxForLarge;
        while (true) {
            long now = taken.get();
            if (now + bytes > bound) {
                return false;
            }
            if (taken.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
    }

    private void release(long bytes) {
        taken.addAndGet(-bytes);
        if (contended) {
            serve();
        }
    }

    private void serve() {
        synchronized (waiters) {
            for (Lease next = waiters.peek(); next != null && next.takeWanted(); next = waiters.peek()) {
                waiters.remove();
                next.held = next.wanted;
                next.whenGrown.run();
            }
            contended = !waiters.isEmpty();
        }
    }

    /** What one request holds, given back when closed. Belongs to one thread. */
    public final class Lease implements AutoCloseable {
        // Written by whoever gives room back while this waits.
        private volatile long held;
        private volatile long wanted;
        private Runnable whenGrown = () -> {};

        /**
         * Grows the share to {@code bytes}.
         *
         * @return false if there is no room; the share is as it was
         */
        public boolean growTo(long bytes) {
            if (bytes <= held) {
                return true;
            }
            boolean small = bytes <= SMALL;
            boolean got = (small || !contended) && take(bytes - held, small);
            if (got) {
                held = bytes;
            }
            return got;
        }

        /**
         * Waits for the share to grow to {@code bytes}.
         *
         * @param grown called once, on any thread, when it has; not called any more after {@link #close}
         */
        public void awaitRoom(long bytes, Runnable grown) {
            wanted = bytes;
            whenGrown = grown;
            synchronized (waiters) {
                waiters.add(this);
                contended = true;
            }
            serve();
        }

        private boolean takeWanted() {
            return take(wanted - held, wanted <= SMALL);
        }

        @Override
        public void close() {
            boolean waited = false;
            if (contended) {
                synchronized (waiters) {
                    waited = waiters.remove(this);
                    contended = !waiters.isEmpty();
                }
            }
            long given = held;
            held = 0;
            if (given > 0) {
                release(given);
            } else if (waited) {
                // What was too large for the room there is may have stood before what is not.
                serve();
            }
        }
    }
}
