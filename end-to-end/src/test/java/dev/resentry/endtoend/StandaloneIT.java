package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Everything in one process: its first start, from the executable jar and with nothing set; then it is stopped, killed and started
 * again, unpacked.
 */
@Timeout(600)
@Order(2)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandaloneIT {
    /** It stops by itself; how fast is no question here, where a disk may take seconds for each of the syncs that end its servers. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private static final String ADMIN = "admin@localhost";

    @TempDir
    private static Path directory;

    private static Standalone standalone;
    private static ServiceProcess process;

    @BeforeAll
    static void start() {
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
        Api api = Api.login(standalone.url(), ADMIN, Standalone.shownPassword(process));
        api.awaitEvent(answer.json().path("id").asString());
        assertThat(api.json("/projects").findValuesAsString("slug")).contains("default", "brand-new");
        assertThat(Http.post(standalone.url() + "/api/v1/events", Map.of("project_key", "No Slug", "message", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theEndpointOfAgentsIsThereAndTakesRequestsByPost() {
        Api api = Api.login(standalone.url(), ADMIN, Standalone.shownPassword(process));

        assertThat(api.get("/mcp").status()).isEqualTo(405);
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
        String password = Standalone.shownPassword(process);

        assertThat(password).hasSize(20);
        Api.login(standalone.url(), ADMIN, password);
        assertThat(process.printed()).containsOnlyOnce(password);
        assertThat(Files.readString(standalone.data("run/resentry.log"))).doesNotContain(password);
    }

    @Test
    void whatFailedIsShownDownloadedRetriedAndDiscardedByCommands(@TempDir Path elsewhere) throws Exception {
        Api api = Api.login(standalone.url(), "admin@localhost", Standalone.shownPassword(process));
        byte[] body = "{}\n{\"type\":\"event\"}\nno json\n{\"type\":\"other\"}\nx\n".getBytes(UTF_8);
        Sender sender = Sender.of(api, standalone.url());
        for (int i = 0; i < 2; i++) {
            assertThat(sender.send(body).status()).isEqualTo(200);
        }
        await("both are dead letters")
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.all("/api/v1/dead-letters").size() == 2);
        String id = api.all("/api/v1/dead-letters").getFirst().path("id").asString();

        Path file = elsewhere.resolve("letter");
        try (var commands = Standalone.unpackedIn(standalone.directory)) {
            assertThat(commands.run(0, "dead-letters", "causes"))
                    .containsPattern(
                            " 2 +--reason invalid_json --stage item --project %d ".formatted(sender.projectId()));
            assertThat(commands.run(0, "dead-letters", "list", "--state", "open", "--reason", "invalid_json"))
                    .containsPattern(" %s +\\S+ +open +invalid_json at item of project ".formatted(id))
                    .hasLineCount(2);
            assertThat(commands.run(0, "dead-letters", "download", id, file.toString()))
                    .contains("%d bytes in ".formatted(body.length));
            assertThat(file).hasBinaryContent(body);
            assertThat(commands.run(1, "dead-letters", "download", id, file.toString()))
                    .contains("cannot be written");
            assertThat(commands.run(0, "dead-letters", "retry", id))
                    .contains("1 dead letters are retried; see /api/v1/jobs/");
            await("it failed again")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> api.json("/api/v1/dead-letters/" + id)
                                    .path("attempts")
                                    .asInt()
                            == 1);
            assertThat(commands.run(0, "dead-letters", "show", id))
                    .contains("\"state\" : \"open\"")
                    .contains("\"by\" : \"processor\"");
            String[] discard = {
                "dead-letters", "discard", "--reason", "invalid_json", "--stage", "item", "--because", "a broken SDK"
            };
            assertThat(commands.run(0, discard)).contains("2 dead letters are discarded");
            assertThat(commands.run(1, "dead-letters", "retry", id)).isNotBlank();
            assertThat(commands.run(1, "dead-letters", "retry")).contains("Name one dead letter by its ID, or a cause");
        }
        assertThat(api.all("/api/v1/dead-letters?state=discarded")).hasSize(2);
    }

    @Test
    void thePipelineShowsEveryPartOfItselfAndThatTheBooksBalance() throws Exception {
        standalone.run(0, "send-test-event");
        Api api = Api.login(standalone.url(), "admin@localhost", Standalone.shownPassword(process));

        JsonNode pipeline = await("what was sent is accounted for")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.json("/api/v1/pipeline"),
                        seen -> seen.at("/balance/stored").asLong() > 0
                                && seen.at("/balance/in_flight").asLong() == 0
                                && seen.path("processes").size() == 3);

        assertThat(pipeline.at("/balance/difference").asLong()).isZero();
        assertThat(pipeline.path("processes").findValuesAsString("kind"))
                .containsExactlyInAnyOrder("gateway", "processor", "api");
        assertThat(pipeline.path("processes").findValuesAsString("state")).containsOnly("ok");
        assertThat(pipeline.path("processes").findValuesAsString("version"))
                .doesNotContain("null")
                .hasSize(3);
        assertThat(pipeline.path("projects").findValuesAsString("slug")).contains("default");
    }

    @Test
    void theCommandsOfTheDocumentationWork() throws Exception {
        try (var commands = Standalone.unpackedIn(standalone.directory)) {
            commands.writeLauncher();
            for (Path page : DocumentedCommands.PAGES) {
                DocumentedCommands.of(page)
                        .run(standalone.directory, standalone.url(), Standalone.shownPassword(process));
            }
        }
    }

    /** The last, as it ends the process that the others look at. */
    @Test
    @Order(Integer.MAX_VALUE)
    void keepsItsDataThroughACleanStopAndThroughAKill() throws Exception {
        String output = standalone.run(0, "send-test-event");
        assertThat(output).contains("acknowledged after").containsPattern("as part of issue \\d+");
        String event = output.replaceAll("(?s).*/events/([0-9a-f]{32}).*", "$1");
        String issue = output.replaceAll("(?s).*as part of issue (\\d+).*", "$1");
        long events = Api.login(standalone.url(), ADMIN, Standalone.shownPassword(process))
                .json("/issues/" + issue)
                .path("count")
                .asLong();
        assertThat(standalone.run(0, "create-project", "Web shop", "--platform", "node"))
                .containsPattern("Project \\d+ \\(web-shop\\)")
                .containsPattern("DSN http://[0-9a-f]{32}@localhost:%d/\\d+".formatted(standalone.port));
        String made = loginOf(standalone.run(0, "create-admin", "ops@example.com"));
        String reset = loginOf(standalone.run(0, "reset-password", "ops@example.com"));
        assertThat(reset).isNotEqualTo(made);
        Api.login(standalone.url(), "ops@example.com", reset);
        assertThat(standalone.run(1, "reset-password", "nobody@example.com"))
                .contains("There is no user nobody@example.com");
        assertThat(standalone.run(0, "doctor"))
                .contains("ok    Running   database")
                .doesNotContain("FAIL");
        assertThat(Metrics.of(process).text())
                .as("the metrics of all three services")
                .containsPattern("resentry_processor_rows_total [1-9]")
                .contains(
                        "resentry_ingest_requests_seconds_count{",
                        "http_server_requests_seconds_count{",
                        "jvm_memory_used_bytes{");
        String password = Standalone.shownPassword(process);
        String commandsToken = commandsToken();
        assertThat(statusWith(commandsToken)).isEqualTo(200);
        List<String> projects = slugs(Api.login(standalone.url(), ADMIN, password));
        assertThat(projects).contains("default", "web-shop");

        process.stop(STOPS_WITHIN);
        assertThat(standalone.data("run/instance.json")).doesNotExist();
        // From here on as ./resentry starts it.
        standalone = Standalone.unpackedIn(directory);
        ServiceProcess second = standalone.up(Map.of()).awaitReady();
        assertThat(statusWith(commandsToken))
                .as("the commands' token of the run before")
                .isEqualTo(401);
        Api.login(standalone.url(), ADMIN, password).awaitEvent(event);

        second.kill();
        ServiceProcess third = standalone.up(Map.of());
        Http.Answer early = await("an envelope is taken")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> Http.post(
                                standalone.url() + "/api/v1/events",
                                Map.of("project_key", "web-shop", "message", "nobody else is up")),
                        reply -> reply.status() == 200);
        third.awaitReady();
        assertThat(third.printed())
                .as("the gateway is the first")
                .containsSubsequence("the gateway takes envelopes", "the services are up");
        Api api = Api.login(standalone.url(), ADMIN, password);
        api.awaitEvent(event);
        api.awaitEvent(early.json().path("id").asString());
        assertThat(slugs(api)).isEqualTo(projects);
        assertThat(standalone.run(0, "send-test-event")).contains("as part of issue " + issue);
        assertThat(api.json("/issues/" + issue).path("count").asLong()).isEqualTo(events + 1);
    }

    /** The password that a command printed. */
    private static String loginOf(String output) {
        assertThat(output).contains("Login ops@example.com");
        return output.replaceAll("(?s).*Login ops@example.com {2}(\\S+).*", "$1");
    }

    private static List<String> slugs(Api api) {
        return api.json("/projects").findValuesAsString("slug");
    }

    private static String commandsToken() throws IOException {
        return Http.JSON
                .readTree(Files.readAllBytes(standalone.data("run/instance.json")))
                .path("token")
                .asString();
    }

    private static int statusWith(String token) {
        return Http.send(Http.request(standalone.url() + "/projects")
                        .header("Authorization", "Bearer " + token)
                        .GET())
                .status();
    }
}
