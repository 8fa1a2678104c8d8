package dev.resentry.testsupport.server;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.kafka.KafkaContainer;

/** A broker in a container, set as the embedded one is where tests can tell. */
final class KafkaContainerServer implements KafkaServer {
    private static final String IMAGE = "apache/kafka:4.2.1";
    private static final int PORT = 9092;
    private static final String LARGEST_RECORD = Integer.toString(24 * 1024 * 1024);

    private final KafkaContainer container = new KafkaContainer(IMAGE)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_MESSAGE_MAX_BYTES", LARGEST_RECORD)
            .withEnv("KAFKA_REPLICA_FETCH_MAX_BYTES", LARGEST_RECORD)
            .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
    private final ContainerSwitch power = new ContainerSwitch(container, PORT, this::answers);

    KafkaContainerServer() {
        container.start();
    }

    @Override
    public String bootstrapServers() {
        // Without the protocol that the container puts before it.
        return container.getHost() + ":" + container.getMappedPort(PORT);
    }

    @Override
    public void stop() {
        power.stop();
    }

    @Override
    public void start() {
        power.start();
    }

    @Override
    public void close() {
        container.stop();
    }

    private boolean answers() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            return !admin.describeCluster().nodes().get().isEmpty();
        }
    }
}
