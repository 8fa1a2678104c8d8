package dev.resentry.embedded.kafka;

import dev.resentry.embedded.FreePort;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        int controllerPort = FreePort.find();
        while (controllerPort == port) {
            controllerPort = FreePort.find();
        }
        // The broker itself would notice late, and with a page of text.
        FreePort.require(port);
        Path log = settings.directory().toAbsolutePath().resolve("log");
        format(log);
        var config = new KafkaConfig(BrokerProperties.of(settings, log, port, controllerPort), false);
        var server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            // Half a server would hold the directory, and end this process once it notices what is missing.
            server.shutdown();
            throw new IllegalStateException("Kafka could not be started in " + log, e);
        }
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

    /** A new directory gets its identity; one that bears the final name has it, whenever the making of it was cut off. */
    private static void format(Path log) {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        Path half = log.resolveSibling("log.half");
        try {
            Files.createDirectories(half);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(half)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerProperties.NODE)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName(BrokerProperties.CONTROLLER)
                    .setMetadataLogDirectory(half.toString())
                    .addDirectory(half.toString())
                    .run();
            Files.move(half, log, StandardCopyOption.ATOMIC_MOVE);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's directory %s cannot be formatted".formatted(log), e);
        }
    }
}
