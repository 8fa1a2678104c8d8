package dev.resentry.standalone;

import dev.resentry.embedded.DataDirectory;
import dev.resentry.embedded.DataDirectoryException;
import dev.resentry.service.health.CheckResult;
import dev.resentry.storage.database.DatabaseAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Says in plain words what is wrong with this machine or this installation. */
@Command(name = "doctor", description = "Check this machine, the data and the connections, and say what is wrong.")
final class DoctorCommand implements Callable<Integer> {
    private static final long MIN_FREE_BYTES = 1_000_000_000L;

    @Option(names = "--port", defaultValue = "${env:PORT:-9000}", description = "The port to look at (default: 9000).")
    private int port;

    @Mixin
    private DataOption data = new DataOption();

    private int failures;

    @Override
    public Integer call() {
        good("Java", Runtime.version().toString());
        disk();
        Optional<Instance> instance = Instance.find(data.directory());
        dataFormat();
        if (instance.isPresent()) {
            running(instance.get());
        } else {
            good(
                    "Resentry",
                    "is not running on " + data.directory().toAbsolutePath().normalize());
            freePort();
        }
        database(System.getenv("DATABASE_URL"));
        kafka(System.getenv("KAFKA_BOOTSTRAP_SERVERS"));
        return failures == 0 ? 0 : 1;
    }

    private void disk() {
        Path existing = data.directory().toAbsolutePath().normalize();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            if (!Files.isWritable(existing)) {
                bad("Disk", existing + " cannot be written; choose another directory with --data");
            } else if (free < MIN_FREE_BYTES) {
                bad(
                        "Disk",
                        "%d MB free (expected: at least 1000); make room or use --data".formatted(free / 1_000_000));
            } else {
                good("Disk", "%d MB free".formatted(free / 1_000_000));
            }
        } catch (IOException e) {
            bad("Disk", "cannot be looked at: " + e.getMessage());
        }
    }

    private void dataFormat() {
        try {
            int format = DataDirectory.formatOf(data.directory());
            if (format > DataDirectory.FORMAT) {
                bad("Data", "has format %d, written by a newer Resentry; update this one".formatted(format));
            } else {
                good("Data", format == 0 ? "none yet" : "format " + format);
            }
        } catch (IOException | DataDirectoryException e) {
            bad("Data", String.valueOf(e.getMessage()));
        }
    }

    private void running(Instance instance) {
        try (var api = new ApiClient()) {
            ApiClient.Answer answer = api.get(instance, "/health/ready");
            for (Map.Entry<String, JsonNode> check :
                    answer.json().path("checks").properties()) {
                if (check.getValue().path("status").asString("").equals("ok")) {
                    good("Running", check.getKey());
                } else {
                    bad(
                            "Running",
                            check.getKey() + ": "
                                    + check.getValue().path("cause").asString(""));
                }
            }
            if (answer.status() != 200 && answer.status() != 503) {
                bad("Running", "%s answers %d".formatted(instance.url(), answer.status()));
            }
        } catch (UserFacingException e) {
            bad("Running", String.valueOf(e.getMessage()));
        }
    }

    private void freePort() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            good("Port", port + " is free");
        } catch (IOException _) {
            bad("Port", port + " is in use by another program; choose another with --port");
        }
    }

    private void database(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return;
        }
        try {
            DatabaseAddress address = DatabaseAddress.parse(url);
            DriverManager.setLoginTimeout(5);
            try (Connection connection =
                    DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
                good(
                        "Database",
                        "%s answers, PostgreSQL %s"
                                .formatted(address, connection.getMetaData().getDatabaseProductVersion()));
            }
        } catch (SQLException e) {
            bad(
                    "Database",
                    "%s; check DATABASE_URL".formatted(CheckResult.Failed.of(e).cause()));
        } catch (IllegalArgumentException e) {
            bad("Database", String.valueOf(e.getMessage()));
        }
    }

    private void kafka(@Nullable String servers) {
        if (servers == null || servers.isBlank()) {
            return;
        }
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", servers, "request.timeout.ms", 5_000, "default.api.timeout.ms", 5_000))) {
            int brokers =
                    admin.describeCluster().nodes().get(6, TimeUnit.SECONDS).size();
            good("Kafka", "%s answers, %d broker(s)".formatted(servers, brokers));
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            bad(
                    "Kafka",
                    "%s does not answer (%s); check KAFKA_BOOTSTRAP_SERVERS"
                            .formatted(servers, CheckResult.Failed.of(e).cause()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            bad("Kafka", "interrupted");
        }
    }

    private void good(String what, String finding) {
        System.out.printf("ok    %-9s %s%n", what, finding);
    }

    private void bad(String what, String finding) {
        failures++;
        System.out.printf("FAIL  %-9s %s%n", what, finding);
    }
}
