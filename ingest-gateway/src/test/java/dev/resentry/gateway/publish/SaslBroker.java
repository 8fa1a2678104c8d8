package dev.resentry.gateway.publish;

import dev.resentry.embedded.FreePort;
import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.plain.PlainAuthenticateCallback;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.utils.Time;

/** A broker with an open listener and one with password authentication, which a test can make refuse every login. */
final class SaslBroker implements AutoCloseable {
    private static final String LOGIN = PlainLoginModule.class.getName() + " required";

    /** Read by a class that the broker makes. */
    static volatile boolean refusesEverybody;

    private final KafkaRaftServer server;
    private final int openPort;
    private final int saslPort;

    private SaslBroker(KafkaRaftServer server, int openPort, int saslPort) {
        this.server = server;
        this.openPort = openPort;
        this.saslPort = saslPort;
    }

    static SaslBroker start(Path directory) {
        // Formats the directory.
        EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory)).close();
        int open = FreePort.find();
        int sasl = FreePort.find();
        int controller = FreePort.find();
        var properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("log.dirs", directory.resolve("log").toAbsolutePath().toString()),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
                Map.entry(
                        "listeners",
                        "OPEN://127.0.0.1:%d,GUARDED://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(open, sasl, controller)),
                Map.entry("advertised.listeners", "OPEN://127.0.0.1:%d,GUARDED://127.0.0.1:%d".formatted(open, sasl)),
                Map.entry(
                        "listener.security.protocol.map", "OPEN:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "OPEN"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("listener.name.guarded.sasl.enabled.mechanisms", "PLAIN"),
                Map.entry("listener.name.guarded.plain.sasl.jaas.config", LOGIN + ";"),
                Map.entry("listener.name.guarded.plain.sasl.server.callback.handler.class", Passwords.class.getName()),
                // A client that was let in is asked again this often.
                Map.entry("listener.name.guarded.plain.connections.max.reauth.ms", "500")));
        var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return new SaslBroker(server, open, sasl);
    }

    String openServers() {
        return "127.0.0.1:" + openPort;
    }

    String guardedServers() {
        return "127.0.0.1:" + saslPort;
    }

    /** What a client needs to come in by the guarded door. */
    static Map<String, String> credentials() {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + " username=\"gateway\" password=\"secret\";");
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Made by the broker. */
    public static final class Passwords implements AuthenticateCallbackHandler {
        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

        @Override
        public void handle(Callback[] callbacks) {
            for (Callback callback : callbacks) {
                if (callback instanceof PlainAuthenticateCallback asked) {
                    asked.authenticated(!refusesEverybody);
                }
            }
        }

        @Override
        public void close() {}
    }
}
