package dev.resentry.service.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The page of metrics: made by one thread at a time and good for a second, so that a crowd of readers costs one making. */
public final class MetricsPage {
    /** The type of the page: Prometheus' text format. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Supplier<String> making;
    private final LongSupplier nanoTime;
    private byte @Nullable [] page;
    private long madeAt;

    /**
     * @param making writes the page
     * @param nanoTime says how old it is
     */
    public MetricsPage(Supplier<String> making, LongSupplier nanoTime) {
        this.making = making;
        this.nanoTime = nanoTime;
    }

    /** The page, to be read only. Waits while another thread makes it. */
    public synchronized byte[] get() {
        byte[] made = page;
        if (made == null || nanoTime.getAsLong() - madeAt >= FRESH_NANOS) {
            made = making.get().getBytes(UTF_8);
            page = made;
            madeAt = nanoTime.getAsLong();
        }
        return made;
    }
}
