package dev.resentry.benchmarks.drain;

import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the product as a user has it, from the senders' connections to rows that can be read, beside the floors of
 * the same work.
 */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Measures how fast the product stores what is sent, and at what cost, beside the floors of that work.")
public final class DrainCommand implements Callable<Integer> {
    @Option(names = "--events", defaultValue = "20000", description = "Envelopes of each case.")
    private int events;

    @Option(names = "--warm-up", defaultValue = "20000", description = "Envelopes before each case that do not count.")
    private int warmUp;

    @Option(names = "--connections", split = ",", defaultValue = "64,16", description = "Senders at once.")
    private List<Integer> connections = List.of();

    @Option(
            names = "--size",
            split = ",",
            defaultValue = "3",
            description = "KB of an event before gzip: 1, 3, 25, 50, ...")
    private List<Integer> kilobytes = List.of();

    @Option(
            names = "--groups",
            split = ",",
            defaultValue = "FEW",
            description = "How many issues: ${COMPLETION-CANDIDATES}.")
    private List<DrainCase.Groups> groups = List.of();

    @Option(
            names = "--items",
            split = ",",
            defaultValue = "ERRORS",
            description = "What is sent: ${COMPLETION-CANDIDATES}.")
    private List<DrainCase.Items> items = List.of();

    @Option(names = "--data", description = "A data directory that stays; else a fresh one that goes.")
    private @Nullable Path data;

    @Option(names = "--product", description = "The executable jar to measure; by default what ./resentry runs.")
    private @Nullable Path product;

    @Option(names = "--readable-seconds", defaultValue = "15", description = "Of the load at half of the stored rate.")
    private double readableSeconds;

    @Option(names = "--rest-seconds", defaultValue = "10", description = "Before memory is looked at again.")
    private double restSeconds;

    @Option(names = "--floor-seconds", defaultValue = "4", description = "Of each bare part.")
    private double floorSeconds;

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("resentry-drain");
        try {
            return run(directory);
        } finally {
            Scratch.delete(directory);
        }
    }

    private int run(Path directory) throws IOException, InterruptedException, ExecutionException, SQLException {
        var report = new DrainReport(System.out, Runtime.getRuntime().availableProcessors());
        List<Measurement> all = new ArrayList<>();
        Path log = directory.resolve("product.log");
        try (var running =
                        Product.start(product, data == null ? directory.resolve("data") : data, FreePort.find(), log);
                var bare = BareFloor.start(directory)) {
            var sizes = new DrainRun.Sizes(events, warmUp, readableSeconds, restSeconds, floorSeconds);
            var run = new DrainRun(running, bare, directory, sizes);
            for (DrainCase drainCase : cases()) {
                Measurement measured = run.measure(drainCase);
                report.print(measured);
                all.add(measured);
            }
        }
        report.summary(all);
        report.method();
        return all.stream().allMatch(Measurement::isAllStored) ? 0 : 1;
    }

    private List<DrainCase> cases() {
        List<DrainCase> cases = new ArrayList<>();
        for (DrainCase.Items what : items) {
            for (DrainCase.Groups howMany : groups) {
                for (int size : kilobytes) {
                    for (int count : connections) {
                        cases.add(new DrainCase(count, size, howMany, what));
                    }
                }
            }
        }
        return cases;
    }
}
