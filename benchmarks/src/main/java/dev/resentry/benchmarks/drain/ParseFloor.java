package dev.resentry.benchmarks.drain;

import dev.resentry.model.json.UntrustedJson;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What the JSON of envelopes takes to become trees, by the reader that the product uses, on one thread. */
final class ParseFloor {
    private static final double WARM_UP_SECONDS = 3;
    private static final double SECONDS = 3;

    private ParseFloor() {}

    /** CPU-seconds for one document, on average over all of them. */
    static double cpuSeconds(List<byte[]> documents) {
        parse(documents, WARM_UP_SECONDS);
        return parse(documents, SECONDS);
    }

    private static double parse(List<byte[]> documents, double seconds) {
        var clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        long parsed = 0;
        long fields = 0;
        long used = 0;
        while (used < seconds * 1e9) {
            for (byte[] document : documents) {
                fields += UntrustedJson.WITH_NON_NUMBERS
                        .tree(document, 0, document.length)
                        .size();
            }
            parsed += documents.size();
            used = clock.getCurrentThreadCpuTime() - start;
        }
        if (fields == 0) {
            throw new IllegalStateException("documents without fields");
        }
        return used / 1e9 / parsed;
    }
}
