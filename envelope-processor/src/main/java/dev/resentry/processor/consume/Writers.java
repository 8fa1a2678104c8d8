package dev.resentry.processor.consume;

import dev.resentry.storage.ingest.BatchRecord;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores the parts of a batch at once, in transactions of their own. A caller stores what no other thread has begun itself, so that
 * it waits for its own parts alone, however busy the others are.
 */
final class Writers implements AutoCloseable {
    private final int atOnce;
    private final ExecutorService others;

    /** @param atOnce how many parts of a batch are stored at the same time, at most */
    Writers(int atOnce) {
        this.atOnce = atOnce;
        this.others = Executors.newFixedThreadPool(
                Math.max(1, atOnce - 1),
                Thread.ofPlatform().name("writer-", 1).daemon().factory());
    }

    /**
     * Stores a batch. When this returns, all of it is stored.
     *
     * @throws RuntimeException what a part failed with, once none is being stored any more; parts that did not fail are stored
     */
    void store(List<BatchRecord> batch, Consumer<List<BatchRecord>> store) {
        List<FutureTask<@Nullable Void>> parts = BatchParts.of(batch, atOnce).stream()
                .map(part -> new FutureTask<@Nullable Void>(() -> store.accept(part), null))
                .toList();
        parts.stream().skip(1).forEach(others::execute);
        // A part that another thread has begun is not run again.
        parts.forEach(FutureTask::run);
        RuntimeException failure = null;
        for (FutureTask<@Nullable Void> part : parts) {
            RuntimeException failed = await(part);
            if (failure == null) {
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException await(FutureTask<@Nullable Void> part) {
        try {
            part.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a part of a batch could not be stored", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while storing a batch", e);
        }
    }

    @Override
    public void close() {
        others.shutdown();
    }
}
