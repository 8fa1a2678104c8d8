package dev.resentry.processor.consume;

import dev.resentry.storage.ingest.BatchRecord;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores batches one after the other while its owner reads the next one: the database and the decoders work at the same time, and no
 * more than two batches are in memory. For one thread.
 */
final class StoringBehind {
    private final Consumer<List<BatchRecord>> store;
    private @Nullable FutureTask<@Nullable Void> running;

    StoringBehind(Consumer<List<BatchRecord>> store) {
        this.store = store;
    }

    /**
     * Has a batch stored behind the one before, which is stored when this returns. A record that comes alone may be a large one, of which
     * there is to be one in memory: then it is stored, too.
     *
     * @throws RuntimeException what the batch before failed with; this one is not stored then
     */
    void store(List<BatchRecord> batch) {
        await();
        if (batch.size() == 1) {
            store.accept(batch);
            return;
        }
        var task = new FutureTask<@Nullable Void>(() -> store.accept(batch), null);
        running = task;
        Thread.ofVirtual().name("storing").start(task);
    }

    /**
     * Waits until all is stored.
     *
     * @throws RuntimeException what the last batch failed with
     */
    void await() {
        FutureTask<@Nullable Void> task = running;
        if (task == null) {
            return;
        }
        running = null;
        try {
            task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a batch could not be stored", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while storing a batch", e);
        }
    }
}
