package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Programs with unmodified SDKs end well, with an error, by a crash, and are counted so; browsers do in the journeys. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class SdkSessionsIT {
    private static Cluster cluster;
    private static Api api;

    @BeforeAll
    static void makeProject(Cluster shared) {
        cluster = shared;
        api = cluster.apiWithNewProject("Sessions");
    }

    @Test
    void sessionsOfJavaPrograms() throws Exception {
        List<String> program = List.of(
                ServiceProcess.java(), "-cp", System.getProperty("java.class.path"), JavaSdkSession.class.getName());

        assertThat(exitCodes(program)).containsExactly(0, 0, 0, 1);

        assertCounted("java-shop@1.0.0");
    }

    @Test
    void sessionsOfNodePrograms() throws Exception {
        Npm.install("node-sdk");

        assertThat(exitCodes(List.of("node", "node-sdk/session.js"))).containsExactly(0, 0, 0, 1);

        assertCounted("node-shop@1.0.0");
    }

    /** Runs a program that ends well twice, with an error, and by a crash. */
    private static List<Integer> exitCodes(List<String> program) throws IOException, InterruptedException {
        List<Process> running = new ArrayList<>();
        for (String end : List.of("well", "well", "errored", "crashed")) {
            List<String> command = new ArrayList<>(program);
            command.add(api.dsnAt(cluster.gateway.url()));
            command.add(end);
            Path log = Path.of("target", "logs", "sdk-session-%s.log".formatted(end));
            running.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
        }
        List<Integer> codes = new ArrayList<>();
        for (Process process : running) {
            codes.add(process.waitFor());
        }
        return codes;
    }

    /** The start of a session and its end may be stored one after the other. */
    private static void assertCounted(String release) {
        await("the sessions of " + release).atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode program = forPrograms(release);
            assertThat(program.path("environment").asString("")).isEqualTo("staging");
            assertThat(program.path("total_sessions").asLong()).isEqualTo(4);
            assertThat(program.path("crashed_sessions").asLong()).isEqualTo(1);
            assertThat(program.path("crash_free_rate").asDouble()).isEqualTo(0.75);
            JsonNode health = api.json("/api/v1/releases/%d/health".formatted(api.releaseId(release)));
            assertThat(health.path("sessions").asLong()).isEqualTo(4);
            assertThat(health.path("healthy").asLong()).isEqualTo(2);
            assertThat(health.path("errored").asLong()).isEqualTo(1);
            assertThat(health.path("crashed").asLong()).isEqualTo(1);
        });
    }

    private static JsonNode forPrograms(String release) {
        for (JsonNode health : api.json("/api/releases/health/?project=" + api.slug())) {
            if (health.path("version").asString().equals(release)) {
                return health;
            }
        }
        return Http.JSON.missingNode();
    }
}
