package dev.resentry.standalone;

import dev.resentry.embedded.DataDirectory;
import dev.resentry.embedded.DataDirectoryException;
import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Says in plain words what is wrong with this machine or this installation. */
@Command(name = "doctor", description = "Check this machine, the data and the connections, and say what is wrong.")
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "${env:PORT:-9000}", description = "The port to look at (default: 9000).")
    private int port;

    @Mixin
    private DataOption data = new DataOption();

    private final Findings findings = new Findings(System.out);

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
        if (instance.isPresent() && !instance.get().databaseUrl().isEmpty()) {
            CommandSettings embedded = CommandSettings.embedded(
                    instance.get().databaseUrl(), instance.get().bootstrapServers());
            new DatabaseDoctor(findings).look(embedded.database());
            new KafkaDoctor(findings).look(embedded.kafka());
        }
        external();
        return findings.failures() == 0 ? 0 : 1;
    }

    private void external() {
        try {
            CommandSettings external = CommandSettings.external();
            if (external.databaseGiven()) {
                new DatabaseDoctor(findings).look(external.database());
            }
            if (external.kafkaGiven()) {
                new KafkaDoctor(findings).look(external.kafka());
            }
        } catch (RuntimeException e) {
            // The edge: settings that are refused are what a doctor is there to tell.
            bad("Settings", CheckResult.Failed.of(e).cause());
        }
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
            } else if (free < DataDirectory.MIN_FREE_BYTES) {
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
                String cause =
                        check.getKey() + ": " + check.getValue().path("cause").asString("");
                switch (check.getValue().path("status").asString("")) {
                    case "ok" -> good("Running", check.getKey());
                    // It does its work without what is missing.
                    case "degraded" -> findings.doubtful("Running", cause);
                    default -> bad("Running", cause);
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

    private void good(String what, String finding) {
        findings.good(what, finding);
    }

    private void bad(String what, String finding) {
        findings.bad(what, finding);
    }
}
