package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Programs with unmodified SDKs report to the services; what they reported is read back through the API. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class OfficialSdkIT {
    private static Cluster cluster;
    private static Api api;

    @BeforeAll
    static void makeProject(Cluster shared) {
        cluster = shared;
        api = cluster.apiWithNewProject("SDKs");
    }

    @Test
    void javaSdk() throws Exception {
        long sessions = sessions();
        Map<String, String> ids = run(List.of(
                ServiceProcess.java(),
                "-cp",
                System.getProperty("java.class.path"),
                JavaSdkProgram.class.getName(),
                api.dsnAt(cluster.gateway.url())));

        JsonNode event = api.awaitEvent(ids.get("exception"));
        assertThat(event.path("title").asString()).isEqualTo("IllegalStateException: Checkout failed");
        assertThat(event.path("platform").asString()).isEqualTo("java");
        assertThat(event.path("exception").path("values").findValuesAsString("type"))
                .containsSubsequence("IllegalArgumentException", "IllegalStateException");
        assertThat(functionsOf(ids.get("exception"))).endsWith("checkout");
        assertCommonParts(event);
        assertAttachmentAndMessage(ids, "Java says hello");
        await().atMost(Duration.ofSeconds(60)).until(() -> sessions() == sessions + 1);
    }

    @Test
    void nodeSdk() throws Exception {
        Npm.install("node-sdk");
        long sessions = sessions();
        Map<String, String> ids = run(List.of("node", "node-sdk/program.js", api.dsnAt(cluster.gateway.url())));

        JsonNode event = api.awaitEvent(ids.get("exception"));
        assertThat(event.path("title").asString()).isEqualTo("Error: Checkout failed");
        assertThat(event.path("platform").asString()).isEqualTo("node");
        assertThat(event.path("exception").path("values").findValuesAsString("type"))
                .containsSubsequence("RangeError", "Error");
        assertThat(functionsOf(ids.get("exception"))).endsWith("checkout");
        assertThat(event.path("contexts").path("cart").path("items").asInt()).isEqualTo(3);
        assertCommonParts(event);
        assertAttachmentAndMessage(ids, "Node says hello");
        await().atMost(Duration.ofSeconds(60)).until(() -> sessions() == sessions + 1);
    }

    /** How many of their release are counted; none of them crashed. */
    private static long sessions() {
        JsonNode releases = api.json("/api/releases/health/?project=%d"
                .formatted(api.project().path("id").asLong()));
        for (JsonNode release : releases) {
            assertThat(release.path("version").asString()).isEqualTo("shop@1.4.2");
            assertThat(release.path("environment").asString()).isEqualTo("staging");
            assertThat(release.path("crashed_sessions").asLong()).isZero();
        }
        return releases.path(0).path("total_sessions").asLong();
    }

    private static void assertCommonParts(JsonNode event) {
        assertThat(event.path("level").asString()).isEqualTo("error");
        assertThat(event.path("release").asString()).isEqualTo("shop@1.4.2");
        assertThat(event.path("environment").asString()).isEqualTo("staging");
        assertThat(event.path("tags").path("role").asString()).isEqualTo("admin");
        assertThat(event.path("user").path("email").asString()).isEqualTo("ada@example.com");
        assertThat(event.path("breadcrumbs").path("values").findValuesAsString("message"))
                .contains("item 1 added", "item 2 added", "item 3 added");
        JsonNode issue = api.json("/issues/" + event.path("issue_id").asLong());
        assertThat(issue.path("count").asLong()).isEqualTo(1);
        assertThat(issue.path("title").asString()).isEqualTo(event.path("title").asString());
    }

    private static void assertAttachmentAndMessage(Map<String, String> ids, String message) throws IOException {
        JsonNode attachment =
                api.awaitEvent(ids.get("attachment")).path("attachments").path(0);
        assertThat(attachment.path("filename").asString()).isEqualTo("cart.txt");
        assertThat(api.get(attachment.path("url").asString()).body()).asString().isEqualTo("three items");
        JsonNode said = api.awaitEvent(ids.get("message"));
        assertThat(said.path("title").asString()).isEqualTo(message);
        assertThat(said.path("level").asString()).isEqualTo("warning");
        Path recordings = Path.of("target", "recorded", said.path("platform").asString());
        Files.createDirectories(recordings);
        for (Map.Entry<String, String> entry : ids.entrySet()) {
            String envelope =
                    api.awaitEvent(entry.getValue()).path("envelope_id").asString();
            Files.write(
                    recordings.resolve(entry.getKey() + ".envelope"),
                    api.get("/api/v1/envelopes/%s/raw".formatted(envelope)).body());
        }
    }

    private static List<String> functionsOf(String eventId) {
        JsonNode frames = api.json("/events/%s/stacktrace".formatted(eventId))
                .path("stacktrace")
                .path("frames");
        return StreamSupport.stream(frames.spliterator(), false)
                .map(frame -> frame.path("function").asString(""))
                .toList();
    }

    /** Runs a program to its end and reads the ids it prints. */
    private static Map<String, String> run(List<String> command) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, String> ids = new HashMap<>();
        program.inputReader().lines().filter(line -> line.contains(" ")).forEach(line -> {
            int blank = line.indexOf(' ');
            ids.put(line.substring(0, blank), line.substring(blank + 1));
        });
        assertThat(program.waitFor()).isZero();
        assertThat(ids).containsKeys("exception", "attachment", "message");
        return ids;
    }
}
