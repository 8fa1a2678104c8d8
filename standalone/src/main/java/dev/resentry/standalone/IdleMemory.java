package dev.resentry.standalone;

import com.sun.management.OperatingSystemMXBean;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Gives the memory that a load has left back to the system, once nothing is done any more: the collector that costs least lets go of
 * memory in a full collection only, of which there is no other reason to make one.
 */
final class IdleMemory implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    /** Of one processor; starting, storing or answering takes more. */
    private static final double IDLE_BELOW = 0.05;

    /** What is worth a collection. */
    private static final long WORTH_BYTES = 16L * 1024 * 1024;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final RetryingWorker worker = new RetryingWorker(
            "idle-memory", "Memory is not given back", LOOK_EVERY, Backoff.fixed(LOOK_EVERY), this::look);
    private long lookedAt = System.nanoTime();
    private long cpuNanos = system.getProcessCpuTime();
    private long leftBytes;

    void start() {
        worker.start();
    }

    private void look() {
        long now = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        double cores = (double) (cpu - cpuNanos) / Math.max(1, now - lookedAt);
        lookedAt = now;
        cpuNanos = cpu;
        // What is taken of the heap since is not seen before it grows: a collection of nothing is not worth much
        // either.
        if (cores < IDLE_BELOW && committed() > leftBytes + WORTH_BYTES) {
            System.gc();
            leftBytes = committed();
            cpuNanos = system.getProcessCpuTime();
        }
    }

    private static long committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }

    @Override
    public void close() {
        worker.stop(STOP_WITHIN);
    }
}
