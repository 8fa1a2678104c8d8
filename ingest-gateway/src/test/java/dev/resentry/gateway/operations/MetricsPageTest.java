package dev.resentry.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsPageTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicInteger makings = new AtomicInteger();
    private final AtomicInteger makers = new AtomicInteger();
    // Any number may be the first, one that overflows included.
    private volatile long now = Long.MAX_VALUE - SECOND / 2;
    private final MetricsPage page = new MetricsPage(this::make, () -> now);

    private String make() {
        assertThat(makers.incrementAndGet()).as("makers at a time").isEqualTo(1);
        Thread.yield();
        makers.decrementAndGet();
        return "page " + makings.incrementAndGet();
    }

    @Test
    void isMadeOnceForAllWhoComeWithinASecond() throws Exception {
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            readers.add(Thread.ofVirtual().start(page::get));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        now += SECOND - 1;

        assertThat(page.get()).isEqualTo("page 1".getBytes(UTF_8));
    }

    @Test
    void isMadeAnewAfterASecond() {
        page.get();
        now += SECOND;

        assertThat(page.get()).isEqualTo("page 2".getBytes(UTF_8));
        assertThat(page.get()).isEqualTo("page 2".getBytes(UTF_8));
    }
}
