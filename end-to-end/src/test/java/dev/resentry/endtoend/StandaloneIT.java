package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything in one process is stopped, killed and started again. */
@Timeout(600)
class StandaloneIT {
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    private Standalone standalone;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        standalone = Standalone.unpackedIn(directory);
    }

    @AfterEach
    void stop() {
        standalone.close();
    }

    @Test
    void keepsItsDataThroughACleanStopAndThroughAKill() throws Exception {
        ServiceProcess first = up().awaitReady();
        String output = standalone.run(0, "send-test-event");
        assertThat(output).contains("acknowledged after").contains("as part of issue 1");
        String event = output.replaceAll("(?s).*/events/([0-9a-f]{32}).*", "$1");
        assertThat(standalone.run(0, "create-project", "Web shop", "--platform", "node"))
                .contains("Project 2 (web-shop)")
                .containsPattern("DSN http://[0-9a-f]{32}@localhost:%d/2".formatted(standalone.port));
        assertThat(standalone.run(0, "doctor"))
                .contains("ok    Running   database")
                .doesNotContain("FAIL");
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
        assertThat(standalone.data("run/instance.json")).doesNotExist();
        ServiceProcess second = up().awaitReady();
        assertThat(statusWith(commandsToken))
                .as("the commands' token of the run before")
                .isEqualTo(401);
        Api.login(standalone.url()).awaitEvent(event);

        second.kill();
        up().awaitReady();
        Api api = Api.login(standalone.url());
        api.awaitEvent(event);
        assertThat(api.json("/projects").findValuesAsString("slug")).containsExactly("default", "web-shop");
        assertThat(standalone.run(0, "send-test-event")).contains("as part of issue 1");
        assertThat(api.json("/issues/1").path("count").asInt()).isEqualTo(2);
    }

    private ServiceProcess up() {
        return standalone.up(Map.of("RESENTRY_ADMIN_EMAIL", Api.EMAIL, "RESENTRY_ADMIN_PASSWORD", Api.PASSWORD));
    }

    private String commandsToken() throws IOException {
        return Http.JSON
                .readTree(Files.readAllBytes(standalone.data("run/instance.json")))
                .path("token")
                .asString();
    }

    private int statusWith(String token) {
        return Http.send(Http.request(standalone.url() + "/projects")
                        .header("Authorization", "Bearer " + token)
                        .GET())
                .status();
    }
}
