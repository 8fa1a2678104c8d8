package dev.resentry.benchmarks.drain;

import dev.resentry.benchmarks.load.HttpLoad;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * How long it takes from the answer to an error until {@code GET} of the event by its id is 200, while others keep
 * arriving.
 */
final class AckToReadable {
    private static final long MAX_NANOS = Duration.ofMinutes(10).toNanos();

    /** Some events a second are looked for, one after the other: more would be a load that grows with what it measures. */
    private static final long NANOS_BETWEEN_SAMPLES = 50_000_000;

    private static final long POLL_MILLIS = 10;

    /** Events are looked for and do not count yet, as the API answers its first requests slowly. */
    static final double WARM_UP_SECONDS = 3;

    private final Product product;
    private final ConcurrentHistogram latency = new ConcurrentHistogram(MAX_NANOS, 3);
    private final AtomicInteger unreadable = new AtomicInteger();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final long countsFrom;
    private long nextSample;

    private AckToReadable(Product product) {
        this.product = product;
        this.countsFrom = System.nanoTime() + (long) (WARM_UP_SECONDS * 1e9);
    }

    /**
     * Milliseconds.
     *
     * @param perSecond what was sent
     * @param lost events that could not be read within ten minutes, or whose reading failed
     */
    record Measured(double perSecond, long samples, double p50, double p99, double most, int lost) {}

    /** @param seconds with those that do not count */
    static Measured measure(Product product, Corpus corpus, int connections, double seconds, double perSecond)
            throws IOException {
        var measuring = new AckToReadable(product);
        HttpLoad.Result result;
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
                var load = new HttpLoad(
                        product.port(), corpus.requests(id -> measuring.acknowledged(id, readers)), connections)) {
            result = load.openLoop(seconds, perSecond);
        }
        return new Measured(
                result.perSecond(),
                measuring.latency.getTotalCount(),
                measuring.latency.getValueAtPercentile(50) / 1e6,
                measuring.latency.getValueAtPercentile(99) / 1e6,
                measuring.latency.getMaxValue() / 1e6,
                measuring.unreadable.get());
    }

    private void acknowledged(String id, ExecutorService readers) {
        long now = System.nanoTime();
        if (now >= nextSample && looking.compareAndSet(false, true)) {
            nextSample = now + NANOS_BETWEEN_SAMPLES;
            readers.execute(() -> await(id, now));
        }
    }

    private void await(String id, long acknowledgedAt) {
        try {
            while (!product.api().isReadable(id)) {
                if (System.nanoTime() - acknowledgedAt > MAX_NANOS) {
                    unreadable.incrementAndGet();
                    return;
                }
                Thread.sleep(POLL_MILLIS);
            }
            if (acknowledgedAt >= countsFrom) {
                latency.recordValue(System.nanoTime() - acknowledgedAt);
            }
        } catch (IOException e) {
            unreadable.incrementAndGet();
            System.err.printf("event %s could not be asked for: %s%n", id, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            looking.set(false);
        }
    }
}
