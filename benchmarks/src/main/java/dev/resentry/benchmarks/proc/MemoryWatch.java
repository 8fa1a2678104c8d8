package dev.resentry.benchmarks.proc;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks once a second at the memory (PSS) of processes and all that descend from them, until it is closed. */
public final class MemoryWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 1_000;

    private final List<Long> roots;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("memory-watch").unstarted(this::watch);
    private volatile long peak;
    private volatile @Nullable IOException failure;

    private MemoryWatch(List<Long> roots) {
        this.roots = roots;
    }

    /** Those of the roots that have ended count nothing. */
    public static MemoryWatch of(long... roots) {
        var watch = new MemoryWatch(Arrays.stream(roots).boxed().toList());
        watch.thread.start();
        return watch;
    }

    /** Bytes at this moment. */
    public static long now(Iterable<Long> roots) throws IOException {
        Set<Long> seen = new HashSet<>();
        long bytes = 0;
        for (long root : roots) {
            for (ProcStat member : new ProcessTree(root).members()) {
                if (seen.add(member.id())) {
                    bytes += ProcessTree.proportionalBytes(member.id());
                }
            }
        }
        return bytes;
    }

    /** The most that was seen, in bytes; looks once more. */
    public long peak() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return Math.max(peak, now(roots));
    }

    private void watch() {
        try {
            while (true) {
                peak = Math.max(peak, now(roots));
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
