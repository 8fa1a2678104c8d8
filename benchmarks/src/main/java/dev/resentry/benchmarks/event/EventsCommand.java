package dev.resentry.benchmarks.event;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures normalising, scrubbing and grouping as multiples of parsing, all in turn in each round, each in a JVM of its own. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Measures the processing of events beside the parsing of their bytes.")
public final class EventsCommand implements Callable<Integer> {
    /** JMH itself still asks for what the JDK warns of. */
    static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final List<String> STAGES = List.of("parse", "normalize", "scrub", "group");

    @Option(names = "--rounds", defaultValue = "2", description = "Of all after each other; medians count; default: 2")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "15", description = "Seconds before each measurement; default: 15")
    private int warmUp;

    @Option(names = "--seconds", defaultValue = "4", description = "Of each measurement; default: 4")
    private int seconds;

    /** One stage of one event, over all rounds: with all stages before it, and what is behind parsing as a multiple of that. */
    private record Measured(ListStatistics micros, ListStatistics bytes, ListStatistics ratios) {
        Measured() {
            this(new ListStatistics(), new ListStatistics(), new ListStatistics());
        }
    }

    @Override
    public Integer call() throws RunnerException {
        Map<EventSample, Map<String, Measured>> all = new EnumMap<>(EventSample.class);
        for (int round = 0; round < rounds; round++) {
            add(run(), all);
        }
        print(all);
        return 0;
    }

    private Collection<RunResult> run() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(EventStages.class.getName())
                        .forks(1)
                        .warmupIterations(warmUp)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(seconds)
                        .measurementTime(TimeValue.seconds(1))
                        // Compiled before it goes on: beside other programs the compiler would not be done in time.
                        .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-Xbatch", UNSAFE)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    private static void add(Collection<RunResult> round, Map<EventSample, Map<String, Measured>> all) {
        for (RunResult result : round) {
            EventSample sample = EventSample.valueOf(result.getParams().getParam("sample"));
            double micros = median(result);
            Measured measured = all.computeIfAbsent(sample, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(result.getPrimaryResult().getLabel(), _ -> new Measured());
            measured.micros().addValue(micros);
            Result<?> allocated =
                    Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED);
            measured.bytes().addValue(allocated.getScore());
            measured.ratios().addValue((micros - parsing(round, sample)) / parsing(round, sample));
        }
    }

    private static double parsing(Collection<RunResult> round, EventSample sample) {
        return median(round.stream()
                .filter(result -> result.getPrimaryResult().getLabel().equals("parse")
                        && result.getParams().getParam("sample").equals(sample.name()))
                .findFirst()
                .orElseThrow());
    }

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private void print(Map<EventSample, Map<String, Measured>> all) {
        System.out.printf(
                "%-15s %7s %-10s | %9s %9s | %9s %9s | %7s%n",
                "event", "bytes", "up to", "us", "of it", "kB made", "of it", "ratio");
        all.forEach((sample, stages) -> {
            double microsBefore = 0;
            double bytesBefore = 0;
            for (String stage : STAGES) {
                Measured measured = stages.getOrDefault(stage, new Measured());
                double micros = measured.micros().getPercentile(50);
                double bytes = measured.bytes().getPercentile(50) / 1000;
                System.out.printf(
                        "%-15s %7d %-10s | %9.1f %9.1f | %9.1f %9.1f | %7.2f%n",
                        sample,
                        sample.payload().length(),
                        stage,
                        micros,
                        micros - microsBefore,
                        bytes,
                        bytes - bytesBefore,
                        measured.ratios().getPercentile(50));
                microsBefore = micros;
                bytesBefore = bytes;
            }
        });
        System.out.printf(
                "ratio: what is behind parsing, up to here, to parsing; all in turn, %d rounds of %d s behind %d s; medians of single events; one thread%n",
                rounds, seconds, warmUp);
    }
}
