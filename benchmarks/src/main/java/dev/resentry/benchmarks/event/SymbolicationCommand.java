package dev.resentry.benchmarks.event;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the processing of events with symbolicating as a multiple of that without, in turn in each round, each in a JVM of its own. */
@Command(
        name = "symbolication",
        mixinStandardHelpOptions = true,
        description = "Measures the processing of events with and without symbolicating.")
public final class SymbolicationCommand implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "3", description = "Of all after each other; medians count; default: 3")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "10", description = "Seconds before each measurement; default: 10")
    private int warmUp;

    @Option(names = "--seconds", defaultValue = "4", description = "Of each measurement; default: 4")
    private int seconds;

    /** One event over all rounds. */
    private record Measured(ListStatistics without, ListStatistics with, ListStatistics ratios) {
        Measured() {
            this(new ListStatistics(), new ListStatistics(), new ListStatistics());
        }
    }

    @Override
    public Integer call() throws RunnerException {
        Map<SymbolicationStages.Sample, Measured> all = new EnumMap<>(SymbolicationStages.Sample.class);
        for (int round = 0; round < rounds; round++) {
            Collection<RunResult> results = run();
            for (SymbolicationStages.Sample sample : SymbolicationStages.Sample.values()) {
                Measured measured = all.computeIfAbsent(sample, _ -> new Measured());
                double without = median(results, sample, "without");
                double with = median(results, sample, "with");
                measured.without().addValue(without);
                measured.with().addValue(with);
                measured.ratios().addValue(with / without);
            }
        }
        print(all);
        return 0;
    }

    private Collection<RunResult> run() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(SymbolicationStages.class.getName())
                        .forks(1)
                        .warmupIterations(warmUp)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(seconds)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-Xbatch", EventsCommand.UNSAFE)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    private static double median(Collection<RunResult> round, SymbolicationStages.Sample sample, String label) {
        return round.stream()
                .filter(result -> result.getPrimaryResult().getLabel().equals(label)
                        && result.getParams().getParam("sample").equals(sample.name()))
                .findFirst()
                .orElseThrow()
                .getPrimaryResult()
                .getStatistics()
                .getPercentile(50);
    }

    private void print(Map<SymbolicationStages.Sample, Measured> all) {
        System.out.printf("%-10s %7s | %10s %9s | %7s%n", "event", "bytes", "without us", "with us", "ratio");
        all.forEach((sample, measured) -> System.out.printf(
                "%-10s %7d | %10.1f %9.1f | %7.2f%n",
                sample,
                sample.payload().length(),
                measured.without().getPercentile(50),
                measured.with().getPercentile(50),
                measured.ratios().getPercentile(50)));
        System.out.printf(
                "source map of %d bytes in memory; ratio: with symbolicating to without; all in turn, %d rounds of %d s behind %d s; medians of single events; one thread%n",
                new MinifiedBundle().size(), rounds, seconds, warmUp);
    }
}
