package dev.resentry.benchmarks.drain;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what more processes bring against one broker and one database, and what they wait for. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures 1, 2, ... gateways and as many processors against one broker and one database.")
public final class ScaleCommand implements Callable<Integer> {
    private static final double LEAST_CONNECTIONS = 0.02;
    private static final double LEAST_SECONDS = 0.01;

    @Option(names = "--processes", split = ",", defaultValue = "1,2,4", description = "Of each kind.")
    private List<Integer> processes = List.of();

    @Option(names = "--events", defaultValue = "20000", description = "Envelopes of each measurement.")
    private int events;

    @Option(names = "--warm-up", defaultValue = "20000", description = "Envelopes before each that do not count.")
    private int warmUp;

    @Option(names = "--connections", defaultValue = "64", description = "Senders at once.")
    private int connections;

    @Option(names = "--size", defaultValue = "3", description = "KB of an event before gzip.")
    private int kilobytes;

    @Option(names = "--groups", defaultValue = "FEW", description = "How many issues: ${COMPLETION-CANDIDATES}.")
    private DrainCase.Groups groups = DrainCase.Groups.FEW;

    @Option(names = "--items", defaultValue = "ERRORS", description = "What is sent: ${COMPLETION-CANDIDATES}.")
    private DrainCase.Items items = DrainCase.Items.ERRORS;

    @Option(names = "--partitions", defaultValue = "12", description = "Of topic envelopes.")
    private int partitions;

    @Override
    public Integer call() throws Exception {
        boolean allStored = true;
        for (int count : processes) {
            Path directory = Files.createTempDirectory("resentry-scale");
            try {
                allStored &= measure(count, directory);
            } finally {
                Scratch.delete(directory);
            }
        }
        System.out.print("""

                Method. Gateways and processors are processes of their own (executable jars, 512 MB of heap each), with
                one query API, against one broker and one PostgreSQL; all are new for each number. Senders go to the
                gateways in turn. Stored: until the ledger says that nothing is under way. Connections: what
                pg_stat_activity shows ten times a second, on average; "on a core" may also wait for one. Batches are
                those of all processors, by their metrics: decoding and storing.
                """);
        return allStored ? 0 : 1;
    }

    private boolean measure(int count, Path directory) throws IOException, InterruptedException, SQLException {
        var drainCase = new DrainCase(connections, kilobytes, groups, items);
        try (var run = ScaleRun.start(count, partitions, directory)) {
            ScaleRun.Measured measured = run.measure(drainCase, events, warmUp);
            print(System.out, drainCase, measured);
            return measured.isAllStored();
        }
    }

    private static void print(PrintStream out, DrainCase drainCase, ScaleRun.Measured measured) {
        double for10k = 10_000.0 / measured.count();
        double cpu = measured.gatewayCpu()
                + measured.processorCpu()
                + measured.apiCpu()
                + measured.brokerCpu()
                + measured.postgresCpu();
        out.printf(
                "%n== %d gateways, %1$d processors: %s, %,d envelopes%s%n",
                measured.processes(), drainCase, measured.count(), measured.isAllStored() ? "" : "  NOT ALL STORED");
        out.printf(
                "accepted %,.0f/s, stored %,.0f/s; the machine: %.0f %% idle, %.0f %% waiting for its disk%n",
                measured.count() / measured.acceptSeconds(),
                measured.count() / measured.storeSeconds(),
                100 * measured.machine().idleShare(),
                100 * measured.machine().waitingShare());
        out.printf(
                "CPU-seconds for 10,000: %.2f = gateways %.2f + processors %.2f + API %.2f + broker %.2f + PostgreSQL %.2f%n",
                cpu * for10k,
                measured.gatewayCpu() * for10k,
                measured.processorCpu() * for10k,
                measured.apiCpu() * for10k,
                measured.brokerCpu() * for10k,
                measured.postgresCpu() * for10k);
        out.printf(
                "processors: %d batches of %.0f envelopes, %.0f ms each; %.1f of them at a time, %.1f connections in a transaction%n",
                measured.batchCount(),
                (double) measured.count() / Math.max(1, measured.batchCount()),
                1000 * measured.batches() / Math.max(1, measured.batchCount()),
                measured.batches() / measured.storeSeconds(),
                measured.connections());
        out.println("threads of the processors, CPU-seconds for 10,000:");
        measured.processorThreads().forEach((role, seconds) -> {
            if (seconds * for10k >= LEAST_SECONDS) {
                out.printf("  %-44s %5.2f%n", role, seconds * for10k);
            }
        });
        out.println("connections of the services, on average:");
        for (Map.Entry<String, Double> wait : measured.waits()) {
            if (wait.getValue() >= LEAST_CONNECTIONS) {
                out.printf("  %-44s %5.2f%n", wait.getKey(), wait.getValue());
            }
        }
    }
}
