package dev.resentry.embedded.kafka;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/** The broker's own settings: one node, which is broker and controller, on a laptop. */
final class BrokerProperties {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final int KIBIBYTE = 1024;
    private static final int MEBIBYTE = 1024 * KIBIBYTE;
    private static final int USUAL_LARGEST_REQUEST = 100 * MEBIBYTE;

    private final Properties values = new Properties();

    private BrokerProperties() {}

    static Properties of(EmbeddedKafkaSettings settings, Path log, int port, int controllerPort) {
        var properties = new BrokerProperties();
        properties.listenOnLoopback(port, controllerPort);
        properties.put("log.dirs", log);
        properties.put("auto.create.topics.enable", false);
        properties.takeRecordsUpTo(settings.maxMessageBytes());
        properties.keep(settings);
        properties.flush(settings.flushEveryMessage());
        properties.beOneBroker();
        properties.restartQuickly();
        properties.restWhenIdle();
        return properties.values;
    }

    private void listenOnLoopback(int port, int controllerPort) {
        put("process.roles", "broker,controller");
        put("node.id", NODE);
        put("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE, controllerPort));
        put("listeners", "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, CONTROLLER, controllerPort));
        put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,%s:PLAINTEXT".formatted(CONTROLLER));
        put("controller.listener.names", CONTROLLER);
    }

    private void takeRecordsUpTo(int maxMessageBytes) {
        put("message.max.bytes", maxMessageBytes);
        put("replica.fetch.max.bytes", maxMessageBytes);
        // A request holds the record and what is around it.
        put("socket.request.max.bytes", Math.clamp(2L * maxMessageBytes, USUAL_LARGEST_REQUEST, Integer.MAX_VALUE));
    }

    private void keep(EmbeddedKafkaSettings settings) {
        put("log.retention.ms", settings.retention().toMillis());
        // A laptop may be shut for weeks: a group that lost its offsets would start over.
        put("offsets.retention.minutes", Math.clamp(settings.retention().toMinutes(), 7 * 24 * 60, 1_000_000_000));
        put("log.segment.bytes", 256 * MEBIBYTE);
    }

    /** The interval alone does nothing: the task that looks at it runs never by default, and at first after thirty seconds. */
    private void flush(boolean everyMessage) {
        if (everyMessage) {
            put("log.flush.interval.messages", 1);
        } else {
            // Each turn of the task writes all that is not written.
            put("log.flush.interval.ms", 1);
            put("log.flush.scheduler.interval.ms", 1_000);
        }
        put("log.initial.task.delay.ms", 1_000);
        // What is known to be on the disk is not read again after a kill.
        put("log.flush.offset.checkpoint.interval.ms", 10_000);
    }

    /** Internal topics on one broker, and no more threads and memory than a laptop needs. */
    private void beOneBroker() {
        put("offsets.topic.replication.factor", 1);
        put("offsets.topic.num.partitions", 4);
        put("transaction.state.log.replication.factor", 1);
        put("transaction.state.log.min.isr", 1);
        put("transaction.state.log.num.partitions", 1);
        put("share.coordinator.state.topic.replication.factor", 1);
        put("share.coordinator.state.topic.min.isr", 1);
        put("share.coordinator.state.topic.num.partitions", 1);
        put("min.insync.replicas", 1);
        put("num.network.threads", 2);
        put("listener.name.%s.num.network.threads".formatted(CONTROLLER.toLowerCase(Locale.ROOT)), 1);
        put("num.io.threads", 3);
        put("group.coordinator.threads", 1);
        put("background.threads", 2);
        put("log.cleaner.dedupe.buffer.size", 4 * MEBIBYTE);
        // Two such files stand beside each open segment, at full length: 2 MiB index a segment of 256 MiB three times
        // over.
        put("log.index.size.max.bytes", 2 * MEBIBYTE);
    }

    /**
     * The defaults let a group wait three seconds for members, and a killed broker nine for its own old session; a broker that is
     * refused asks again at each heartbeat, and beats as long as it lives. A session of less than three seconds saves a little after a kill, and a busy machine
     * fences its only broker now and then.
     */
    private void restartQuickly() {
        put("group.initial.rebalance.delay.ms", 0);
        put("broker.session.timeout.ms", 3_000);
        put("broker.heartbeat.interval.ms", 500);
        put("initial.broker.registration.timeout.ms", 60_000);
        put("group.min.session.timeout.ms", 1_000);
    }

    /** A quorum of one needs no sign of life from itself in its log. */
    private void restWhenIdle() {
        put("metadata.max.idle.interval.ms", 0);
    }

    private void put(String key, Object value) {
        values.setProperty(key, value.toString());
    }
}
