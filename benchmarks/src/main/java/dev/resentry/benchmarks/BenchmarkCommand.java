package dev.resentry.benchmarks;

import dev.resentry.benchmarks.drain.DrainCommand;
import dev.resentry.benchmarks.drain.ScaleCommand;
import dev.resentry.benchmarks.drain.Servers;
import dev.resentry.benchmarks.event.EventsCommand;
import dev.resentry.benchmarks.event.SymbolicationCommand;
import dev.resentry.benchmarks.load.ChildProcess;
import dev.resentry.benchmarks.load.HttpLoad;
import dev.resentry.benchmarks.query.QueriesCommand;
import dev.resentry.benchmarks.query.QueryApi;
import dev.resentry.embedded.FreePort;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProjectRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures (a) the HTTP server without Kafka, (b) the producer without HTTP and (c) the gateway, which does both, side by side
 * in one run. A machine that must do (a) and (b) for each envelope can at best do {@code 1/(1/a + 1/b)}: the ratio says how
 * near the gateway comes.
 */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures the gateway beside what bounds it.",
        subcommands = {
            ServersCommand.class,
            ProducersCommand.class,
            EventsCommand.class,
            SymbolicationCommand.class,
            QueriesCommand.class,
            QueryApi.class,
            DrainCommand.class,
            ScaleCommand.class,
            Servers.class,
            BareHttp.class,
            BareProducer.class,
            Broker.class,
            Gateway.class
        })
public final class BenchmarkCommand implements Callable<Integer> {
    static final String GATEWAY = "gateway";

    static final List<String> SERVICE_OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    @Option(names = "--connections", split = ",", defaultValue = "1,64,256", description = "Default: 1,64,256")
    private List<Integer> connections = List.of();

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "1000,3000,50000",
            description = "Bytes of a body before compression; default: 1000,3000,50000")
    private List<Integer> sizes = List.of();

    @Option(names = "--encodings", split = ",", defaultValue = "identity,gzip", description = "Default: identity,gzip")
    private List<String> encodings = List.of();

    @Option(names = "--seconds", defaultValue = "4", description = "Of each measurement; default: 4")
    private double seconds;

    @Option(
            names = "--rounds",
            defaultValue = "2",
            description = "Of a, b and c after each other; the medians count; default: 2")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "Seconds for each part before anything is measured; default: 15")
    private double warmUp;

    public static void main(String[] args) {
        if (!List.of(args).contains(GATEWAY) && !List.of(args).contains(QueryApi.NAME)) {
            System.setProperty("logback.configurationFile", "benchmark-logback.xml");
        }
        System.exit(new CommandLine(new BenchmarkCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("resentry-benchmark");
        try {
            measure(directory);
            return 0;
        } finally {
            delete(directory);
        }
    }

    private void measure(Path directory) throws Exception {
        int brokerPort = FreePort.find();
        int barePort = FreePort.find();
        int gatewayPort = FreePort.find();
        String bootstrap = "127.0.0.1:" + brokerPort;
        var environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrap,
                "PORT",
                Integer.toString(gatewayPort),
                "RATE_LIMIT_EVENTS_PER_MINUTE",
                "unlimited",
                "RESENTRY_SPOOL_DIR",
                directory.resolve("spool").toString());
        try (var broker = ChildProcess.start(
                        "broker",
                        directory.resolve("broker.log"),
                        List.of("-Xmx1g"),
                        List.of("--directory", directory.resolve("kafka").toString(), "--port", "" + brokerPort),
                        Map.of(),
                        "ready");
                var gateway = ChildProcess.start(
                        GATEWAY,
                        directory.resolve("gateway.log"),
                        SERVICE_OPTIONS,
                        List.of(),
                        environment,
                        "Started")) {
            broker.ignoreOutput();
            gateway.ignoreOutput();
            publishProject(bootstrap);
            awaitPort(gatewayPort);
            try (var _ = ChildProcess.start(
                            "bare-http",
                            directory.resolve("bare.log"),
                            SERVICE_OPTIONS,
                            List.of("--port", "" + barePort),
                            Map.of(),
                            "ready");
                    var producer = ChildProcess.start(
                            "bare-producer",
                            directory.resolve("producer.log"),
                            SERVICE_OPTIONS,
                            List.of("--bootstrap-servers", bootstrap),
                            Map.of(),
                            "ready")) {
                new Run(producer, gateway, barePort, gatewayPort).all();
            }
        }
    }

    private static void publishProject(String bootstrap) throws InterruptedException, ExecutionException {
        var project = new ProjectConfig(
                new ProjectId(Payload.PROJECT),
                1,
                "benchmark",
                true,
                List.of(new ProjectConfig.Key(Payload.KEY, true, List.of())),
                List.of("*"),
                List.of());
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            "projects", ProjectRecord.key(project.id()), ProjectRecord.value(project)))
                    .get();
        }
    }

    /** Waits until the gateway takes envelopes of the project. */
    private static void awaitPort(int port) throws IOException, InterruptedException {
        byte[] request = Payload.of(1000, false).request(port);
        for (int attempt = 0; ; attempt++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(request);
                byte[] status = socket.getInputStream().readNBytes(12);
                if (new String(status, StandardCharsets.US_ASCII).endsWith("200")) {
                    return;
                }
            } catch (IOException e) {
                if (attempt > 100) {
                    throw e;
                }
            }
            Thread.sleep(100);
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Everything is up; all that is left is to measure. */
    private final class Run {
        private final ChildProcess producer;
        private final ChildProcess gateway;
        private final int barePort;
        private final int gatewayPort;

        Run(ChildProcess producer, ChildProcess gateway, int barePort, int gatewayPort) {
            this.producer = producer;
            this.gateway = gateway;
            this.barePort = barePort;
            this.gatewayPort = gatewayPort;
        }

        void all() throws IOException {
            warmUp();
            System.out.printf(
                    "%5s %6s %9s | %9s %9s %9s %9s %6s | %8s %8s | %8s %8s | %9s%n",
                    "conns",
                    "bytes",
                    "encoding",
                    "a HTTP/s",
                    "b Kafka/s",
                    "limit/s",
                    "c gate/s",
                    "ratio",
                    "c p50 ms",
                    "c p99 ms",
                    "p50@50%",
                    "p99@50%",
                    "cpu-s/10k");
            for (String encoding : encodings) {
                for (int size : sizes) {
                    Payload payload = Payload.of(size, encoding.equals("gzip"));
                    for (int count : connections) {
                        row(payload, count);
                    }
                }
            }
            System.out.printf(
                    "gateway: peak RSS %d MB; a, b and c in turn, %d rounds of %.0f s each, medians; b has as many records "
                            + "under way as c has connections; @50%%: at half of c's rate, counted from when each request was due%n",
                    gateway.peakRssMegabytes(), rounds, seconds);
        }

        private void warmUp() throws IOException {
            Payload payload = Payload.of(3000, false);
            Payload packed = Payload.of(3000, true);
            for (Payload each : List.of(payload, packed)) {
                try (var load = http(barePort, each, 64)) {
                    load.closedLoop(warmUp / 2);
                }
                produce(each, 64, warmUp / 2);
                try (var load = http(gatewayPort, each, 64)) {
                    load.closedLoop(warmUp / 2);
                }
            }
        }

        private BareProducer.Measured produce(Payload payload, int underWay, double forSeconds) throws IOException {
            return BareProducer.Measured.parse(producer.ask("%d %b %d %f %s"
                    .formatted(payload.size(), payload.gzip(), underWay, forSeconds, ProducerVariant.SHIPPED.name())));
        }

        private HttpLoad http(int port, Payload payload, int count) throws IOException {
            return new HttpLoad(port, payload.request(port), count);
        }

        private void row(Payload payload, int count) throws IOException {
            List<Double> a = new ArrayList<>();
            List<Double> b = new ArrayList<>();
            List<Double> c = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            List<Double> p50 = new ArrayList<>();
            List<Double> p99 = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                try (var load = http(barePort, payload, count)) {
                    a.add(load.closedLoop(seconds).perSecond());
                }
                b.add(produce(payload, count, seconds).perSecond());
                try (var load = http(gatewayPort, payload, count)) {
                    double before = gateway.cpuSeconds();
                    HttpLoad.Result result = load.closedLoop(seconds);
                    c.add(result.perSecond());
                    cpu.add((gateway.cpuSeconds() - before) * 10_000 / result.answers());
                    p50.add(result.millis(50));
                    p99.add(result.millis(99));
                    if (result.refused() > 0) {
                        System.out.printf("%d of %d were refused%n", result.refused(), result.answers());
                    }
                }
                ratios.add(c.getLast() / limit(a.getLast(), b.getLast()));
            }
            HttpLoad.Result half;
            try (var load = http(gatewayPort, payload, count)) {
                half = load.openLoop(seconds, median(c) / 2);
            }
            System.out.printf(
                    "%5d %6d %9s | %9.0f %9.0f %9.0f %9.0f %6.2f | %8.2f %8.2f | %8.2f %8.2f | %9.2f%n",
                    count,
                    payload.size(),
                    payload.encoding(),
                    median(a),
                    median(b),
                    limit(median(a), median(b)),
                    median(c),
                    median(ratios),
                    median(p50),
                    median(p99),
                    half.millis(50),
                    half.millis(99),
                    median(cpu));
        }

        private double limit(double http, double kafka) {
            return 1 / (1 / http + 1 / kafka);
        }
    }
}
