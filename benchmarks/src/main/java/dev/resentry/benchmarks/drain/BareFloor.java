package dev.resentry.benchmarks.drain;

import dev.resentry.benchmarks.load.ChildProcess;
import dev.resentry.benchmarks.load.HttpLoad;
import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What the same requests take where nothing is made of them: an HTTP server that reads and answers them, and a
 * producer with a broker that keep records of the same size with {@code acks=all}.
 */
final class BareFloor implements AutoCloseable {
    private static final double WARM_UP_SECONDS = 5;
    private static final int PARTITIONS = 6;
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    private final ChildProcess broker;
    private final ChildProcess http;
    private final ChildProcess producer;
    private final int httpPort;

    /** Rates a second, and CPU-seconds for one request. */
    record Measured(
            double httpPerSecond, double producerPerSecond, double httpCpu, double producerCpu, double brokerCpu) {
        /** A machine that must do both for each request can at best do so many. */
        double perSecond() {
            return 1 / (1 / httpPerSecond + 1 / producerPerSecond);
        }

        double cpu() {
            return httpCpu + producerCpu + brokerCpu;
        }
    }

    private BareFloor(ChildProcess broker, ChildProcess http, ChildProcess producer, int httpPort) {
        this.broker = broker;
        this.http = http;
        this.producer = producer;
        this.httpPort = httpPort;
    }

    static BareFloor start(Path directory) throws IOException, InterruptedException, ExecutionException {
        int brokerPort = FreePort.find();
        int httpPort = FreePort.find();
        String bootstrap = "127.0.0.1:" + brokerPort;
        ChildProcess broker = ChildProcess.start(
                "broker",
                directory.resolve("broker.log"),
                List.of("-Xmx1g"),
                List.of("--directory", directory.resolve("kafka").toString(), "--port", "" + brokerPort),
                Map.of(),
                "ready");
        broker.ignoreOutput();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic("envelopes", Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        }
        ChildProcess http = ChildProcess.start(
                "bare-http",
                directory.resolve("bare.log"),
                OPTIONS,
                List.of("--port", "" + httpPort),
                Map.of(),
                "ready");
        ChildProcess producer = ChildProcess.start(
                "bare-producer",
                directory.resolve("producer.log"),
                OPTIONS,
                List.of("--bootstrap-servers", bootstrap),
                Map.of(),
                "ready");
        return new BareFloor(broker, http, producer, httpPort);
    }

    Measured measure(Corpus corpus, int connections, double seconds) throws IOException {
        double httpPerSecond;
        double httpCpu;
        try (var load = new HttpLoad(httpPort, corpus.requests(_ -> {}), connections)) {
            load.closedLoop(WARM_UP_SECONDS);
            double before = http.cpuSeconds();
            HttpLoad.Result result = load.closedLoop(seconds);
            httpPerSecond = result.perSecond();
            httpCpu = (http.cpuSeconds() - before) / result.answers();
        }
        produce(corpus, connections, WARM_UP_SECONDS);
        double producerBefore = producer.cpuSeconds();
        double brokerBefore = broker.cpuSeconds();
        String[] words = produce(corpus, connections, seconds);
        long records = Long.parseLong(words[1]);
        return new Measured(
                httpPerSecond,
                records / Double.parseDouble(words[2]),
                httpCpu,
                (producer.cpuSeconds() - producerBefore) / records,
                (broker.cpuSeconds() - brokerBefore) / records);
    }

    /** Records with a body of the same size, compressed as the senders compress theirs. */
    private String[] produce(Corpus corpus, int connections, double seconds) throws IOException {
        return producer.ask("%d %b %d %f %s"
                        .formatted(Math.round(corpus.meanPlainBytes()), true, connections, seconds, "SHIPPED"))
                .split(" ");
    }

    @Override
    public void close() {
        producer.close();
        http.close();
        broker.close();
    }
}
