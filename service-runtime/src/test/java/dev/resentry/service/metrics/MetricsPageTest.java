package dev.resentry.service.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsPageTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicInteger makings = new AtomicInteger();
    private final AtomicInteger makers = new AtomicInteger();
    // Any number may be the first, one that overflows included.
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND / 2);
    private final MetricsPage page = new MetricsPage(this::make, now::get);

    /** A page is not made before so many readers are there. */
    private CountDownLatch readersToCome = new CountDownLatch(0);

    private String make() {
        assertThat(makers.incrementAndGet()).as("makers at a time").isEqualTo(1);
        try {
            readersToCome.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        makers.decrementAndGet();
        return "page " + makings.incrementAndGet();
    }

    @Test
    void isRenderedOncePerSecond() throws Exception {
        int count = 50;
        readersToCome = new CountDownLatch(count);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readers.add(Thread.ofVirtual().start(() -> {
                readersToCome.countDown();
                page.get();
            }));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        now.addAndGet(SECOND - 1);

        assertThat(page.get()).isEqualTo("page 1".getBytes(UTF_8));
    }

    @Test
    void isRenderedAgainAfterASecond() {
        page.get();
        now.addAndGet(SECOND);

        assertThat(page.get()).isEqualTo("page 2".getBytes(UTF_8));
        assertThat(page.get()).isEqualTo("page 2".getBytes(UTF_8));
    }
}
