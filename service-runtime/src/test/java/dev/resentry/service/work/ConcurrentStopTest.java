package dev.resentry.service.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.support.GenericApplicationContext;

@Timeout(30)
class ConcurrentStopTest {
    private final CountDownLatch allStop = new CountDownLatch(2);
    private final AtomicInteger stopped = new AtomicInteger();

    @Test
    void workersOfAContextStopBesideOneAnotherBeforeItCloses() {
        try (var context = new GenericApplicationContext()) {
            for (String name : List.of("one", "other")) {
                context.registerBean(name, Work.class, Work::new);
            }
            context.refresh();
        }

        assertThat(stopped).hasValue(2);
    }

    /** Stops when the other does, too. */
    private final class Work implements ConcurrentStop {
        private volatile boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            allStop.countDown();
            try {
                allStop.await();
                running = false;
                stopped.incrementAndGet();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
