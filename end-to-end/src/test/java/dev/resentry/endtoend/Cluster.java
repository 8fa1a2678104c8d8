package dev.resentry.endtoend;

import dev.resentry.embedded.FreePort;
import dev.resentry.testsupport.server.TestServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An installation with each service in a process of its own, configured by environment variables. */
final class Cluster implements AutoCloseable {
    final TestServers servers = TestServers.shared().startBoth();
    final String topicPrefix = servers.newTopicPrefix();
    private final Map<String, String> environment = new HashMap<>();
    private final List<ServiceProcess> processes = new ArrayList<>();
    private int started;
    final ServiceProcess gateway;
    final ServiceProcess query;

    private Cluster(Map<String, String> settings) {
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
        environment.putAll(settings);
        query = start("query-api");
        gateway = start("ingest-gateway");
        query.awaitReady();
        gateway.awaitReady();
    }

    /** Starts a gateway and a query API; processors are started by the test. */
    static Cluster start(Map<String, String> settings) {
        return new Cluster(settings);
    }

    ServiceProcess startProcessor() {
        return start("envelope-processor");
    }

    /** Starts one more gateway with settings of its own, and a spool of its own; does not wait for it. */
    ServiceProcess startGateway(Map<String, String> settings) {
        Map<String, String> own = new HashMap<>(environment);
        own.put("RESENTRY_SPOOL_DIR", servers.newSpoolDirectory().toString());
        own.putAll(settings);
        return start("ingest-gateway", own);
    }

    Api api() {
        return Api.login(query.url());
    }

    private ServiceProcess start(String module) {
        return start(module, environment);
    }

    private ServiceProcess start(String module, Map<String, String> settings) {
        var process = ServiceProcess.start(module, module + "-" + ++started, FreePort.find(), settings);
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::close);
    }
}
