package dev.resentry.endtoend;

import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** Three brokers, each a process, which take nobody without TLS and a password. */
final class SecuredKafka implements AutoCloseable {
    private static final int NODES = 3;
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"resentry\" password=\"of-a-test\"";

    private final Path directory;
    private final Certificates certificates;
    private final String cluster = Uuid.randomUuid().toString();
    private final int[] ports =
            IntStream.range(0, NODES).map(_ -> FreePort.find()).toArray();
    private final int[] controllers =
            IntStream.range(0, NODES).map(_ -> FreePort.find()).toArray();
    private final List<Process> processes = new ArrayList<>();

    private SecuredKafka(Path directory, Certificates certificates) {
        this.directory = directory;
        this.certificates = certificates;
    }

    static SecuredKafka start(Path directory, Certificates certificates) throws IOException {
        var kafka = new SecuredKafka(Files.createDirectories(directory), certificates);
        for (int node = 0; node < NODES; node++) {
            kafka.processes.add(kafka.run(node));
        }
        await("three brokers").atMost(Duration.ofMinutes(2)).until(() -> kafka.brokers() == NODES);
        return kafka;
    }

    String bootstrapServers() {
        return IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** What clients need beside the addresses. */
    Map<String, String> clientProperties() {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + ";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificates.certificate().toString());
    }

    /** As {@code kill -9} does. */
    void kill(int node) {
        processes.get(node).destroyForcibly().onExit().join();
    }

    /** How many brokers the cluster has just now. */
    int brokers() {
        Map<String, Object> properties = new HashMap<>(clientProperties());
        properties.put("bootstrap.servers", bootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            return admin.describeCluster().nodes().get(20, TimeUnit.SECONDS).size();
        } catch (ExecutionException | TimeoutException _) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private Process run(int node) throws IOException {
        Path file = directory.resolve("node-%d.properties".formatted(node));
        Files.write(
                file,
                properties(node).entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
                        .toList());
        return new ProcessBuilder(
                        ServiceProcess.java(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaNode.class.getName(),
                        file.toString(),
                        cluster)
                .redirectErrorStream(true)
                .redirectOutput(log(node).toFile())
                .start();
    }

    private static Path log(int node) {
        try {
            return Files.createDirectories(Path.of("target", "logs")).resolve("kafka-node-%d.log".formatted(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> properties(int node) {
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(node + 1));
        properties.put(
                "controller.quorum.voters",
                IntStream.range(0, NODES)
                        .mapToObj(each -> "%d@127.0.0.1:%d".formatted(each + 1, controllers[each]))
                        .collect(Collectors.joining(",")));
        properties.put(
                "listeners",
                "SECURED://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(ports[node], controllers[node]));
        properties.put("advertised.listeners", "SECURED://127.0.0.1:" + ports[node]);
        properties.put("listener.security.protocol.map", "SECURED:SASL_SSL,CONTROLLER:PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "SECURED");
        properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        properties.put("listener.name.secured.sasl.enabled.mechanisms", "PLAIN");
        properties.put("listener.name.secured.plain.sasl.jaas.config", LOGIN + " user_resentry=\"of-a-test\";");
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.location", certificates.keyStore().toString());
        properties.put("ssl.keystore.password", Certificates.PASSWORD);
        properties.put("ssl.key.password", Certificates.PASSWORD);
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", certificates.certificate().toString());
        properties.put(
                "log.dirs", directory.resolve("log-" + node).toAbsolutePath().toString());
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("offsets.topic.replication.factor", "3");
        properties.put("transaction.state.log.replication.factor", "3");
        properties.put("transaction.state.log.num.partitions", "2");
        properties.put("share.coordinator.state.topic.replication.factor", "3");
        properties.put("group.min.session.timeout.ms", "1000");
        properties.put("message.max.bytes", Integer.toString(24 * 1024 * 1024));
        properties.put("replica.fetch.max.bytes", Integer.toString(24 * 1024 * 1024));
        properties.put("auto.create.topics.enable", "false");
        properties.put("num.io.threads", "2");
        properties.put("num.network.threads", "2");
        return properties;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
