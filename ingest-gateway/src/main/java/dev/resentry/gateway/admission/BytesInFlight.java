package dev.resentry.gateway.admission;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the bytes of bodies in memory, over all requests. A request takes what it needs as its body arrives; if there is no
 * room, it waits a little and is then refused, so that memory is never the thing that gives way.
 */
public final class BytesInFlight {
    private static final int UNIT = 1024;
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Semaphore free;

    public BytesInFlight(long maxBytes) {
        this.free = new Semaphore((int) Math.min(Integer.MAX_VALUE, maxBytes / UNIT), true);
    }

    /** A share that starts empty. */
    public Lease lease() {
        return new Lease();
    }

    /** What one request holds; given back when closed. Belongs to one thread. */
    public final class Lease implements AutoCloseable {
        private int units;

        /**
         * Grows the share to {@code bytes}.
         *
         * @return false if there is no room; the share is as it was
         */
        public boolean growTo(long bytes) throws InterruptedException {
            int wanted = (int) (bytes + UNIT - 1) / UNIT;
            if (wanted <= units) {
                return true;
            }
            boolean got = free.tryAcquire(wanted - units, WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (got) {
                units = wanted;
            }
            return got;
        }

        @Override
        public void close() {
            free.release(units);
            units = 0;
        }
    }
}
