package dev.resentry.benchmarks;

import dev.resentry.benchmarks.load.ChildProcess;
import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures ways to write envelopes to Kafka, each alone, in turn. */
@Command(
        name = "producers",
        mixinStandardHelpOptions = true,
        description = "Measures settings of the producer, side by side.")
final class ProducersCommand implements Callable<Integer> {
    private static final int PARTITIONS = 12;

    @Option(names = "--under-way", defaultValue = "256", description = "Records at once; default: 256")
    private int underWay;

    @Option(names = "--size", defaultValue = "3000", description = "Bytes of a body; default: 3000")
    private int size;

    @Option(names = "--gzip", description = "Whether bodies come compressed")
    private boolean gzip;

    @Option(names = "--seconds", defaultValue = "3", description = "Of each measurement; default: 3")
    private double seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Of all after each other; medians count; default: 3")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "15", description = "Seconds before; default: 15")
    private double warmUp;

    @Override
    public Integer call() throws IOException, ExecutionException, InterruptedException {
        Path directory = Files.createTempDirectory("resentry-benchmark");
        int port = FreePort.find();
        String bootstrap = "127.0.0.1:" + port;
        try (var broker = ChildProcess.start(
                        "broker",
                        directory.resolve("broker.log"),
                        List.of("-Xmx1g"),
                        List.of("--directory", directory.resolve("kafka").toString(), "--port", "" + port),
                        Map.of(),
                        "ready");
                var admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
                var producer = ChildProcess.start(
                        "bare-producer",
                        directory.resolve("producer.log"),
                        BenchmarkCommand.SERVICE_OPTIONS,
                        List.of("--bootstrap-servers", bootstrap),
                        Map.of(),
                        "ready")) {
            broker.ignoreOutput();
            admin.createTopics(List.of(new NewTopic("envelopes", PARTITIONS, (short) 1)))
                    .all()
                    .get();
            measure(producer);
            return 0;
        } finally {
            BenchmarkCommand.delete(directory);
        }
    }

    private void measure(ChildProcess producer) throws IOException {
        ask(producer, ProducerVariant.SHIPPED, warmUp);
        Map<ProducerVariant, List<BareProducer.Measured>> all = new EnumMap<>(ProducerVariant.class);
        for (int round = 0; round < rounds; round++) {
            for (ProducerVariant variant : ProducerVariant.values()) {
                all.computeIfAbsent(variant, _ -> new ArrayList<>()).add(ask(producer, variant, seconds));
            }
        }
        double shipped = median(all.getOrDefault(ProducerVariant.SHIPPED, List.of()), BareProducer.Measured::perSecond);
        System.out.printf("%-26s %9s %8s %8s %8s%n", "writing", "Kafka/s", "ratio", "p50 ms", "p99 ms");
        all.forEach((variant, measured) -> {
            double rate = median(measured, BareProducer.Measured::perSecond);
            System.out.printf(
                    "%-26s %9.0f %8.2f %8.2f %8.2f%n",
                    variant,
                    rate,
                    rate / shipped,
                    median(measured, BareProducer.Measured::p50Millis),
                    median(measured, BareProducer.Measured::p99Millis));
        });
        System.out.printf(
                "%d records under way, %d bytes%s; each in turn, %d rounds of %.0f s, medians; ratio: to the first%n",
                underWay, size, gzip ? " compressed with gzip" : "", rounds, seconds);
    }

    private BareProducer.Measured ask(ChildProcess producer, ProducerVariant variant, double forSeconds)
            throws IOException {
        return BareProducer.Measured.parse(
                producer.ask("%d %b %d %f %s".formatted(size, gzip, underWay, forSeconds, variant.name())));
    }

    private static double median(List<BareProducer.Measured> measured, ToDoubleFunction<BareProducer.Measured> figure) {
        return BenchmarkCommand.median(
                measured.stream().map(figure::applyAsDouble).toList());
    }
}
