package dev.resentry.endtoend;

import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** One broker and controller of several, as a program: the file of its properties and the id of its cluster are the arguments. */
final class KafkaNode {
    private KafkaNode() {}

    public static void main(String[] arguments) throws Exception {
        var properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            properties.load(file);
        }
        String log = properties.getProperty("log.dirs");
        if (!Files.exists(Path.of(log, "meta.properties"))) {
            new Formatter()
                    .setPrintStream(System.out)
                    .setClusterId(arguments[1])
                    .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(log)
                    .addDirectory(log)
                    .run();
        }
        var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        server.awaitShutdown();
    }
}
