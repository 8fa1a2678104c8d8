package dev.resentry.benchmarks.drain;

import dev.resentry.benchmarks.proc.Role;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.Map;

/** Writes what was measured for people. */
final class DrainReport {
    private static final double MEGABYTE = 1e6;

    private final PrintStream out;
    private final int cores;

    DrainReport(PrintStream out, int cores) {
        this.out = out;
        this.cores = cores;
    }

    void print(Measurement measured) {
        out.printf(
                "%n== %s: %,d envelopes, %,.0f bytes each, %,.0f compressed%n",
                measured.drainCase(), measured.count(), measured.plainBytes(), measured.sentBytes());
        Balance balance = measured.balance();
        if (measured.isAllStored()) {
            out.printf("accounted for: %,d accepted = stored, %,d items%n", balance.accepted(), balance.items());
        } else {
            out.printf(
                    "NOT ALL STORED: refused %,d, unreadable %,d, %s%n",
                    measured.refused(), measured.readable().lost(), balance);
        }
        Floors floors = measured.floors();
        out.printf(
                "accepted %,.0f/s (bare HTTP and producer %,.0f/s: %.2f of it), greatest lag %,d%n",
                measured.acceptedPerSecond(),
                floors.acceptedPerSecond(),
                measured.acceptedPerSecond() / floors.acceptedPerSecond(),
                measured.greatestLag());
        out.printf(
                "stored   %,.0f/s (floors on %d cores %,.0f/s: 1/%.2f of it; COPY alone %,.0f/s)%n",
                measured.storedPerSecond(),
                cores,
                floors.storedPerSecond(cores),
                floors.storedPerSecond(cores) / measured.storedPerSecond(),
                floors.copyPerSecond());
        cpu(measured);
        out.printf(
                "memory (PSS of the tree): peak %,.0f MB, after a rest %,.0f MB%n",
                measured.peakMemory() / MEGABYTE, measured.finalMemory() / MEGABYTE);
        disk(measured);
        AckToReadable.Measured readable = measured.readable();
        out.printf(
                "ack to readable at %,.0f/s: p50 %,.0f ms, p99 %,.0f ms, most %,.0f ms (%d events)%n",
                readable.perSecond(), readable.p50(), readable.p99(), readable.most(), readable.samples());
    }

    private void cpu(Measurement measured) {
        Floors floors = measured.floors();
        out.printf(
                "CPU-seconds for 10,000: %.2f = JVM %.2f + PostgreSQL %.2f; %.0f %% of %d cores%n",
                measured.for10k(measured.cpu().total()),
                measured.for10k(measured.cpu().jvm()),
                measured.for10k(measured.cpu().postgres()),
                100 * measured.cpu().total() / measured.storeSeconds() / cores,
                cores);
        measured.cpu().byRole().entrySet().stream()
                .sorted(Map.Entry.<Role, Double>comparingByValue(Comparator.reverseOrder()))
                .forEach(role -> out.printf("  %-34s %6.2f%n", role.getKey(), measured.for10k(role.getValue())));
        out.printf(
                "floors: %.2f = parsing %.2f + COPY %.2f + HTTP %.2f + producer %.2f + broker %.2f; product/floors %.2f%n",
                floors.cpu(),
                floors.parse(),
                floors.copy(),
                floors.http(),
                floors.producer(),
                floors.broker(),
                measured.for10k(measured.cpu().total()) / floors.cpu());
    }

    private void disk(Measurement measured) {
        out.printf(
                "disk for an envelope: %,.0f bytes in tables, %,.0f bytes of the topic%n",
                (double) measured.disk().total() / measured.count(), (double) measured.topicBytes() / measured.count());
        for (Map.Entry<DiskUse.Part, Long> part : measured.disk().largest()) {
            out.printf(
                    "  %-24s %-34s %,8.0f%n",
                    part.getKey().table(), part.getKey().name(), (double) part.getValue() / measured.count());
        }
    }

    /** A line for each case, to be put beside those of another build. */
    void summary(Iterable<Measurement> all) {
        out.printf(
                "%n%-44s | %8s %8s | %7s %7s %7s | %7s %7s | %7s %7s | %8s %8s%n",
                "case",
                "acc/s",
                "stored/s",
                "cpu/10k",
                "floors",
                "ratio",
                "peak MB",
                "rest MB",
                "tables",
                "topic",
                "p50 ms",
                "p99 ms");
        for (Measurement each : all) {
            double cpu = each.for10k(each.cpu().total());
            out.printf(
                    "%-44s | %8.0f %8.0f | %7.2f %7.2f %7.2f | %7.0f %7.0f | %7.0f %7.0f | %8.0f %8.0f%s%n",
                    each.drainCase(),
                    each.acceptedPerSecond(),
                    each.storedPerSecond(),
                    cpu,
                    each.floors().cpu(),
                    cpu / each.floors().cpu(),
                    each.peakMemory() / MEGABYTE,
                    each.finalMemory() / MEGABYTE,
                    (double) each.disk().total() / each.count(),
                    (double) each.topicBytes() / each.count(),
                    each.readable().p50(),
                    each.readable().p99(),
                    each.isAllStored() ? "" : "  NOT ALL STORED");
        }
    }

    void method() {
        out.print("""

                Method. One product on one fresh data directory; before each case envelopes of its kind warm it up. All
                requests are made before the clock starts; one thread sends them, the next on a connection when the last
                was answered. Stored: until the ledger says that nothing is under way; accepted = stored is checked by
                it, for envelopes and items. CPU: /proc, user and system, of the product's JVM by thread and of all
                processes of its PostgreSQL, from the first request until the last is stored. Memory: sum of PSS, once a
                second. Disk: growth of each relation behind VACUUM and CHECKPOINT; of the topic's segments. Ack to
                readable: at half of the stored rate, from the answer to an error until GET of it is 200, asked every 10
                ms. Floors, each with nothing else to do: parsing the same JSON by the product's reader, on one thread;
                binary COPY of the rows that were stored into empty tables with the same indexes, on one connection
                (only PostgreSQL counts); a bare HTTP server that gets the same requests; a bare producer with acks=all
                and its broker, with bodies of the same size. Their sum is the least for what the product does; "floors
                on all cores" is what a machine could store that did only that.
                """);
    }
}
