package dev.resentry.endtoend;

import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import dev.resentry.testsupport.server.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An installation with each service in a process of its own, configured by environment variables. */
final class Cluster implements AutoCloseable {
    final TestServers servers;
    final String topicPrefix;
    private final Map<String, String> environment = new HashMap<>();
    private final List<ServiceProcess> processes = new ArrayList<>();
    private int started;
    final ServiceProcess gateway;
    final ServiceProcess query;

    private Cluster(TestServers servers, Map<String, String> settings) {
        this.servers = servers.startBoth();
        topicPrefix = servers.newTopicPrefix();
        environment.putAll(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                servers.bootstrapServers(),
                "DATABASE_URL",
                servers.newDatabaseUrl(),
                "KAFKA_ENVELOPE_PARTITIONS",
                "4",
                "RESENTRY_ADMIN_EMAIL",
                Api.EMAIL,
                "RESENTRY_ADMIN_PASSWORD",
                Api.PASSWORD,
                "RESENTRY_SESSION_TIMEOUT",
                "2s"));
        environment.put("KAFKA_TOPIC_PREFIX", topicPrefix);
        environment.put("RATE_LIMIT_EVENTS_PER_MINUTE", "unlimited");
        environment.put("RESENTRY_SPOOL_DIR", servers.newSpoolDirectory().toString());
        // Tokens for builds name it, and tools upload there.
        int queryPort = FreePort.find();
        environment.put("RESENTRY_PUBLIC_URL", "http://127.0.0.1:" + queryPort);
        environment.putAll(settings);
        query = start("query-api", queryPort, environment);
        gateway = start("ingest-gateway");
        query.awaitReady();
        gateway.awaitReady();
    }

    /** Starts a gateway and a query API; processors are started by the test. */
    static Cluster start(TestServers servers, Map<String, String> settings) {
        return new Cluster(servers, settings);
    }

    ServiceProcess startProcessor() {
        return start("envelope-processor");
    }

    /** Starts a processor with options of its own for its JVM; does not wait for it. */
    ServiceProcess startProcessor(String heap, String... jvmFlags) {
        Map<String, String> own = new HashMap<>(environment);
        own.put("JAVA_TOOL_OPTIONS", String.join(" ", jvmFlags));
        var process = ServiceProcess.start(
                "envelope-processor", "envelope-processor-" + ++started, FreePort.find(), own, heap);
        processes.add(process);
        return process;
    }

    /** Starts one more gateway with settings of its own, and a spool of its own; does not wait for it. */
    ServiceProcess startGateway(Map<String, String> settings) {
        Map<String, String> own = new HashMap<>(environment);
        own.put("RESENTRY_SPOOL_DIR", servers.newSpoolDirectory().toString());
        own.putAll(settings);
        return start("ingest-gateway", FreePort.find(), own);
    }

    Database database() throws SQLException {
        return Database.at(environment.get("DATABASE_URL"));
    }

    Api api() {
        return Api.login(query.url());
    }

    /** The API with a project that no other test sends to, and that the gateway knows. */
    Api apiWithNewProject(String name) {
        Api api = api().withNewProject(name);
        Sender sender = Sender.of(api, gateway.url());
        await("the project is known")
                .atMost(Duration.ofSeconds(30))
                .until(() -> sender.send(Sender.event(Sender.newId(), "warm")).status() == 200);
        return api;
    }

    /** Whether all services run. */
    boolean isAlive() {
        return processes.stream().allMatch(ServiceProcess::isAlive);
    }

    private ServiceProcess start(String module) {
        return start(module, FreePort.find(), environment);
    }

    private ServiceProcess start(String module, int port, Map<String, String> settings) {
        var process = ServiceProcess.start(module, module + "-" + ++started, port, settings);
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::close);
    }
}
