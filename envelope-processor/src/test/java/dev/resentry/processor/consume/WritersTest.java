package dev.resentry.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Unreadable;
import dev.resentry.storage.ingest.SourceRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WritersTest {
    private final Set<BatchRecord> stored = ConcurrentHashMap.newKeySet();

    @Test
    void asManyPartsAreStoredAtOnceAsTheSettingSays() {
        List<BatchRecord> batch = batch(100);
        var allAtWork = new CyclicBarrier(4);
        try (var writers = new Writers(4)) {
            writers.store(batch, part -> {
                await(allAtWork);
                stored.addAll(part);
            });
        }

        assertThat(stored).containsExactlyInAnyOrderElementsOf(batch);
    }

    @Test
    void aBatchThatIsSmallIsStoredWhole() {
        var parts = new AtomicInteger();
        try (var writers = new Writers(4)) {
            writers.store(batch(2 * BatchParts.MIN_RECORDS - 1), _ -> parts.incrementAndGet());
        }

        assertThat(parts).hasValue(1);
    }

    @Test
    void whenAPartFailsTheOthersAreStoredBeforeTheBatchFails() {
        List<BatchRecord> batch = batch(100);
        var parts = new AtomicInteger();
        try (var writers = new Writers(2)) {
            assertThatThrownBy(() -> writers.store(batch, part -> {
                        if (parts.getAndIncrement() == 0) {
                            throw new IllegalStateException("not now");
                        }
                        stored.addAll(part);
                    }))
                    .hasMessage("not now");
        }

        assertThat(stored).hasSize(50);
    }

    @Test
    void aBatchIsStoredThoughTheOtherThreadsAreStuckInAnotherOne() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        var atWork = new CyclicBarrier(3);
        try (var writers = new Writers(2)) {
            Thread other = Thread.ofVirtual()
                    .start(() -> writers.store(batch(100), _ -> {
                        await(atWork);
                        await(stuck);
                    }));
            await(atWork);
            List<BatchRecord> batch = batch(100);
            writers.store(batch, stored::addAll);

            assertThat(stored).containsExactlyInAnyOrderElementsOf(batch);
            stuck.countDown();
            other.join();
        }
    }

    private static List<BatchRecord> batch(int size) {
        List<BatchRecord> records = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            records.add(new Unreadable(
                    new SourceRecord("envelopes", null, 0, i, List.of(), null),
                    new Outcome.Dropped(DropReason.INVALID_RECORD, "no headers")));
        }
        assertThat(new HashSet<>(records)).hasSize(size);
        return records;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
