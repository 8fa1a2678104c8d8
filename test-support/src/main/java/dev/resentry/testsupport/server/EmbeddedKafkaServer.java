package dev.resentry.testsupport.server;

import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import java.nio.file.Path;

/** A broker in this process. */
final class EmbeddedKafkaServer implements KafkaServer {
    private final EmbeddedKafkaSettings settings;
    private EmbeddedKafka kafka;

    EmbeddedKafkaServer(Path directory) {
        EmbeddedKafkaSettings anyPort = EmbeddedKafkaSettings.in(directory);
        kafka = EmbeddedKafka.start(anyPort);
        settings = anyPort.withPort(kafka.port());
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    @Override
    public void stop() {
        kafka.close();
    }

    @Override
    public void start() {
        kafka = EmbeddedKafka.start(settings);
    }

    @Override
    public void close() {
        kafka.close();
    }
}
