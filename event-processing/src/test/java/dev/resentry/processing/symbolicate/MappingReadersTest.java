package dev.resentry.processing.symbolicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MappingReadersTest {
    private final MappingReaders readers = MappingReaders.ofThisProcess();

    @Test
    void aMappingIsReadByOneAtATimeAndOthersDoNotWaitForIt() throws Exception {
        var isReading = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var atOnce = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = threads.submit(() -> readers.read("large", 1_000_000, () -> {
                int readings = atOnce.incrementAndGet();
                isReading.countDown();
                await(mayEnd);
                atOnce.decrementAndGet();
                return readings;
            }));
            isReading.await();
            Future<Integer> same = threads.submit(() -> readers.read("large", 1_000_000, atOnce::incrementAndGet));

            assertThat(readers.<String>read("small", 1_000, () -> "at once")).isEqualTo("at once");
            assertThat(same.isDone()).isFalse();
            mayEnd.countDown();

            assertThat(first.get()).isEqualTo(1);
            assertThat(same.get()).as("after the first").isEqualTo(1);
        }
    }

    @Test
    void oneThatIsLargerThanTheRoomIsReadAlone() {
        assertThat(readers.<String>read("huge", Long.MAX_VALUE, () -> "read")).isEqualTo("read");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
