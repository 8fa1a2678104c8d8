package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.testsupport.size.TestSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The clients in {@code examples/} list and resolve issues by one token, as their page says. */
@Timeout(120)
@ExtendWith(SharedCluster.class)
class ExampleClientsIT {
    private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath();

    private static Api api;
    private static Sender sender;
    private static String token;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeProject(Cluster cluster) {
        api = cluster.apiWithNewProject("Seen by services");
        sender = Sender.of(api, cluster.gateway.url());
        Http.Answer made = api.post(
                "/api/v1/tokens",
                Map.of("name", "a service", "scopes", List.of("project:read", "event:read", "event:write")));
        assertThat(made.status()).isEqualTo(201);
        token = made.json().path("token").asString();
    }

    /** Nothing else here needs Python: its client is run where there is one, and in a campaign there has to be. */
    private static Stream<List<String>> clients() throws InterruptedException {
        List<String> java = List.of(
                ServiceProcess.java(), EXAMPLES.resolve("java/IssueClient.java").toString());
        List<String> python =
                List.of("python3", EXAMPLES.resolve("python/issue_client.py").toString());
        return Boolean.getBoolean(TestSize.PROPERTY) || isThere("python3") ? Stream.of(java, python) : Stream.of(java);
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void anIssueIsListedAndResolved(List<String> client) throws Exception {
        var id = Sender.newId();
        assertThat(sender.send(Sender.event(id, "broken by " + client.getFirst()))
                        .status())
                .isEqualTo(200);
        long issue = api.awaitEvent(id.toString()).path("issue_id").asLong();

        JsonNode listed = Http.JSON.readTree(run(client, 0, "default", api.slug()));
        assertThat(listed.path("results").findValuesAsString("id")).contains(Long.toString(issue));

        JsonNode resolved = Http.JSON.readTree(run(client, 0, "resolve", Long.toString(issue)));
        assertThat(resolved.path("status").asString()).isEqualTo("resolved");
        assertThat(run(client, 0, "default", api.slug())).doesNotContain("broken by " + client.getFirst());
        assertThat(run(client, 1, "resolve", "999999999")).contains("999999999");
    }

    private String run(List<String> client, int exitCode, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(client);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RESENTRY_URL", api.url());
        builder.environment().put("RESENTRY_TOKEN", token);
        Path output = Files.createTempFile(directory, "client", ".out");
        Process process = builder.redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isEqualTo(exitCode);
        return printed;
    }
}
