package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people do with the web UI, in a real browser; the journeys themselves are in {@code web-ui/e2e}. */
@Timeout(900)
class WebUiJourneysIT {
    private static final Path JOURNEYS = Path.of("..", "web-ui", "e2e");
    private static final Path NODE_CHECK = Path.of("..", "web-ui", "has-node.sh");
    private static final Path LOG = Path.of("target", "logs", "web-ui-journeys.log");

    @Test
    void peopleGetDoneWhatTheyCameFor(@TempDir Path directory) throws Exception {
        try (var standalone = Standalone.unpackedIn(directory)) {
            ServiceProcess process = standalone.up(Map.of()).awaitReady();
            if (!hasNode()) {
                assertThat(Http.status(standalone.url() + "/ui/"))
                        .as("a build without Node has no web UI, and works")
                        .isEqualTo(404);
                return;
            }
            String screen = await("the screen is whole")
                    .atMost(Duration.ofSeconds(30))
                    .until(process::printed, printed -> printed.contains("Ctrl-C stops it"));
            String password = screen.replaceAll("(?s).*Login +\\S+ +(\\S+) .*", "$1");

            int exitCode =
                    run(Map.of("RESENTRY_URL", "http://localhost:" + standalone.port, "RESENTRY_PASSWORD", password));

            assertThat(exitCode).as(Files.readString(LOG)).isZero();
        }
    }

    private static int run(Map<String, String> environment) throws IOException, InterruptedException {
        Files.createDirectories(LOG.getParent());
        var builder = new ProcessBuilder("./run.sh")
                .directory(JOURNEYS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment().putAll(environment);
        Process journeys = builder.start();
        try {
            assertThat(journeys.waitFor(12, TimeUnit.MINUTES))
                    .as("the journeys end; see %s", LOG)
                    .isTrue();
            return journeys.exitValue();
        } finally {
            journeys.descendants().forEach(ProcessHandle::destroy);
            journeys.destroy();
        }
    }

    /** Asks as the build of the web UI does. */
    private static boolean hasNode() throws IOException, InterruptedException {
        return new ProcessBuilder(NODE_CHECK.toString()).start().waitFor() == 0;
    }
}
