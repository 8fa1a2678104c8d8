package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything in one process, as {@code ./resentry} starts it. */
@Timeout(240)
class StandaloneIT {
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    @TempDir
    Path temp;

    private final int port = FreePort.find();
    private final List<ServiceProcess> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ServiceProcess::close);
    }

    @Test
    void keepsItsDataThroughACleanStopAndThroughAKill() throws Exception {
        ServiceProcess first = up().awaitReady();
        String output = run(0, "send-test-event");
        assertThat(output).contains("acknowledged after").contains("as part of issue 1");
        String event = output.replaceAll("(?s).*/events/([0-9a-f]{32}).*", "$1");
        assertThat(run(0, "create-project", "Web shop", "--platform", "node"))
                .contains("Project 2 (web-shop)")
                .containsPattern("DSN http://[0-9a-f]{32}@localhost:%d/2".formatted(port));
        assertThat(run(0, "doctor")).contains("ok    Running   database").doesNotContain("FAIL");
        assertThat(Metrics.of(first).text())
                .as("the metrics of all three services")
                .contains(
                        "resentry_ingest_requests_seconds_count{",
                        "resentry_processor_rows_total 1.0",
                        "http_server_requests_seconds_count{",
                        "jvm_memory_used_bytes{");

        String commandsToken = commandsToken();
        assertThat(statusWith(commandsToken)).isEqualTo(200);

        first.stop(STOPS_WITHIN);
        assertThat(temp.resolve("data/run/instance.json")).doesNotExist();
        ServiceProcess second = up().awaitReady();
        assertThat(statusWith(commandsToken))
                .as("the commands' token of the run before")
                .isEqualTo(401);
        Api.login(url()).awaitEvent(event);

        second.kill();
        up().awaitReady();
        Api api = Api.login(url());
        api.awaitEvent(event);
        assertThat(api.json("/projects").findValuesAsString("slug")).containsExactly("default", "web-shop");
        assertThat(run(0, "send-test-event")).contains("as part of issue 1");
        assertThat(api.json("/issues/1").path("count").asInt()).isEqualTo(2);
    }

    @Test
    void anErrorReportForAnUnknownProjectMakesTheProject() {
        up().awaitReady();
        Map<String, String> report = Map.of(
                "project_key", "brand-new", "message", "it broke", "stack", "Error: it broke\n  at pay (shop.js:7:1)");

        Http.Answer answer = await("the project is made")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Http.post(url() + "/api/v1/events", report), reply -> reply.status() != 503);

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        Api api = Api.login(url());
        api.awaitEvent(answer.json().path("id").asString());
        assertThat(api.json("/projects").findValuesAsString("slug")).containsExactly("default", "brand-new");
        assertThat(Http.post(url() + "/api/v1/events", Map.of("project_key", "No Slug", "message", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatPreventsAStartIsSaidInOneLine() throws Exception {
        assertThat(run(0, "version")).contains("resentry ");
        assertThat(run(1, "send-test-event")).contains("Resentry is not running on");
        assertThat(temp.resolve("data"))
                .as("a command that looks leaves nothing behind")
                .doesNotExist();
        up().awaitReady();

        assertThat(run(1, "up", "--port", Integer.toString(port)))
                .contains("resentry: Port %d is in use".formatted(port));
        assertThat(run(1, "up", "--port", Integer.toString(FreePort.find())))
                .contains("is in use by another Resentry (process ");
        Path newer = Files.createDirectories(temp.resolve("newer"));
        Files.writeString(newer.resolve("VERSION"), "format 99\n");
        assertThat(run(1, "up", "--data", newer.toString(), "--port", Integer.toString(FreePort.find())))
                .contains("has format 99, written by a newer Resentry");
        assertThat(run(1, "up", "--port", "70000")).contains("--port: 70000 (expected: 1 to 65535)");
        assertThat(run(1, "send-test-event", "--data", newer.toString())).contains("Resentry is not running on");
        assertThat(run(2, "upp")).contains("Unmatched argument").contains("Usage: resentry");
        assertThat(run(0, "version")).contains("resentry ");
        assertThat(run(1, "send-test-event", "--data", "nowhere")).contains("Resentry is not running on");
        assertThat(temp.resolve("nowhere"))
                .as("a command leaves nothing behind")
                .doesNotExist();
    }

    private ServiceProcess up() {
        var process = ServiceProcess.start(
                "standalone",
                "standalone",
                port,
                Map.of("RESENTRY_ADMIN_EMAIL", Api.EMAIL, "RESENTRY_ADMIN_PASSWORD", Api.PASSWORD),
                "-Xmx512m",
                "up",
                "--data",
                temp.resolve("data").toString());
        started.add(process);
        return process;
    }

    private String commandsToken() throws IOException {
        return Http.JSON
                .readTree(Files.readAllBytes(temp.resolve("data/run/instance.json")))
                .path("token")
                .asString();
    }

    private int statusWith(String token) {
        return Http.send(Http.request(url() + "/projects")
                        .header("Authorization", "Bearer " + token)
                        .GET())
                .status();
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Runs a command to its end in the directory that holds the data, and returns all it said. */
    private String run(int exitCode, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ServiceProcess.java(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                ServiceProcess.jar("standalone").toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(temp, "command", ".out");
        Process process = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isEqualTo(exitCode);
        return said;
    }

    @Test
    void thePasswordOfTheFirstStartIsShownOnceAndStandsInNoFile() throws Exception {
        Path log = temp.resolve("up.log");
        Process process = new ProcessBuilder(
                        ServiceProcess.java(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        ServiceProcess.jar("standalone").toString(),
                        "up",
                        "--port",
                        Integer.toString(port))
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> Files.readString(log).contains("Ctrl-C stops it"));
            String password = Files.readString(log).replaceAll("(?s).*Login +\\S+ +(\\S+) .*", "$1");
            assertThat(password).hasSize(20);
            assertThat(Http.post(url() + "/api/v1/auth/login", Map.of("email", "admin@localhost", "password", password))
                            .status())
                    .isEqualTo(200);
            assertThat(Files.readString(temp.resolve("data/run/resentry.log"))).doesNotContain(password);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
