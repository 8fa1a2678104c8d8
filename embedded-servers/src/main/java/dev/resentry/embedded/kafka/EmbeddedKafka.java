package dev.resentry.embedded.kafka;

import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real broker and controller in this process, with data that lasts. It listens on the loopback address only. After a
 * clean stop or a kill it goes on with what it acknowledged; stopped and started again on the same port, its clients find it
 * again.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker; when this returns, it takes requests.
     *
     * @throws IllegalStateException if it does not come up
     */
    public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
        int port = settings.port() == 0 ? FreePort.find() : settings.port();
        Path log = settings.directory().resolve("log");
        format(log);
        var server = new KafkaRaftServer(new KafkaConfig(properties(settings, log, port), false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, port);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the broker; what it acknowledged is kept. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** A new directory gets its identity; one that has it keeps it. */
    private static void format(Path log) {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(log);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(log.toString())
                    .addDirectory(log.toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw new IllegalStateException("Kafka's directory %s cannot be made".formatted(log), e);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's directory %s cannot be formatted".formatted(log), e);
        }
    }

    private static Properties properties(EmbeddedKafkaSettings settings, Path log, int port) {
        int controllerPort = FreePort.find();
        var p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(NODE));
        p.setProperty("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE, controllerPort));
        p.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, CONTROLLER, controllerPort));
        p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,%s:PLAINTEXT".formatted(CONTROLLER));
        p.setProperty("controller.listener.names", CONTROLLER);
        p.setProperty("log.dirs", log.toString());
        p.setProperty("auto.create.topics.enable", "false");
        String maxBytes = Integer.toString(settings.maxMessageBytes());
        p.setProperty("message.max.bytes", maxBytes);
        p.setProperty("replica.fetch.max.bytes", maxBytes);
        if (settings.flushEveryMessage()) {
            p.setProperty("log.flush.interval.messages", "1");
        } else {
            p.setProperty("log.flush.interval.ms", "1000");
        }
        forOneBroker(p);
        forQuickRestarts(p);
        return p;
    }

    /** Internal topics on one broker, and no more threads and memory than a laptop needs. */
    private static void forOneBroker(Properties p) {
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "1");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.num.partitions", "1");
        p.setProperty("min.insync.replicas", "1");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "3");
        p.setProperty("background.threads", "2");
        p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        p.setProperty("log.segment.bytes", Integer.toString(256 * 1024 * 1024));
    }

    /** The defaults let a group wait three seconds for members, and a killed broker nine for its own old session. */
    private static void forQuickRestarts(Properties p) {
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("broker.session.timeout.ms", "3000");
        p.setProperty("broker.heartbeat.interval.ms", "500");
        p.setProperty("initial.broker.registration.timeout.ms", "60000");
        p.setProperty("group.min.session.timeout.ms", "1000");
    }
}
