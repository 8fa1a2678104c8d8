package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything in one process, from the executable jar, at its first start with nothing set. */
@Timeout(240)
class RunningStandaloneIT {
    private static Standalone standalone;
    private static ServiceProcess process;

    @BeforeAll
    static void start(@TempDir Path directory) {
        standalone = Standalone.packagedIn(directory);
        process = standalone.up(Map.of()).awaitReady();
    }

    @AfterAll
    static void stop() {
        standalone.close();
    }

    @Test
    void anErrorReportForAnUnknownProjectMakesTheProject() {
        Map<String, String> report = Map.of(
                "project_key", "brand-new", "message", "it broke", "stack", "Error: it broke\n  at pay (shop.js:7:1)");

        Http.Answer answer = await("the project is made")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Http.post(standalone.url() + "/api/v1/events", report), reply -> reply.status() != 503);

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        Api api = Api.login(standalone.url(), "admin@localhost", shownPassword());
        api.awaitEvent(answer.json().path("id").asString());
        assertThat(api.json("/projects").findValuesAsString("slug")).containsExactly("default", "brand-new");
        assertThat(Http.post(standalone.url() + "/api/v1/events", Map.of("project_key", "No Slug", "message", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatPreventsAStartIsSaidInOneLine(@TempDir Path elsewhere) throws Exception {
        String port = Integer.toString(standalone.port);
        assertThat(standalone.run(1, "up", "--port", port)).contains("resentry: Port %s is in use".formatted(port));
        assertThat(standalone.run(1, "up", "--port", Integer.toString(FreePort.find())))
                .contains("is in use by another Resentry (process ");
        Path newer = Files.createDirectories(elsewhere.resolve("newer"));
        Files.writeString(newer.resolve("VERSION"), "format 99\n");
        assertThat(standalone.run(1, "up", "--data", newer.toString(), "--port", Integer.toString(FreePort.find())))
                .contains("has format 99, written by a newer Resentry");
        assertThat(standalone.run(1, "up", "--port", "70000")).contains("--port: 70000 (expected: 1 to 65535)");
        assertThat(standalone.run(1, "send-test-event", "--data", newer.toString()))
                .contains("Resentry is not running on");
        assertThat(standalone.run(2, "upp")).contains("Unmatched argument").contains("Usage: resentry");
        assertThat(standalone.run(0, "version")).contains("resentry ");
    }

    @Test
    void aCommandWhereNothingRunsSaysSoAndLeavesNothingBehind(@TempDir Path elsewhere) throws Exception {
        try (var stopped = Standalone.unpackedIn(elsewhere)) {
            assertThat(stopped.run(0, "version")).contains("resentry ");
            assertThat(stopped.run(1, "send-test-event")).contains("Resentry is not running on");
            assertThat(stopped.run(1, "send-test-event", "--data", "nowhere")).contains("Resentry is not running on");
        }
        assertThat(elsewhere.resolve("data")).doesNotExist();
        assertThat(elsewhere.resolve("nowhere")).doesNotExist();
    }

    @Test
    void thePasswordOfTheFirstStartIsShownOnceAndStandsInNoFile() throws Exception {
        String password = shownPassword();

        assertThat(password).hasSize(20);
        Api.login(standalone.url(), "admin@localhost", password);
        assertThat(process.printed()).containsOnlyOnce(password);
        assertThat(Files.readString(standalone.data("run/resentry.log"))).doesNotContain(password);
    }

    private static String shownPassword() {
        String screen = await("the screen is whole")
                .atMost(Duration.ofSeconds(30))
                .until(process::printed, printed -> printed.contains("Ctrl-C stops it"));
        return screen.replaceAll("(?s).*Login +\\S+ +(\\S+) .*", "$1");
    }
}
