package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.endtoend.SentryCli.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Both versions of sentry-cli send events, and list and change what there is, by a token of a user. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class SentryCliReadsIT {
    private static Cluster cluster;
    private static Api api;
    private static String token;

    @TempDir
    Path build;

    @TempDir
    Path home;

    private SentryCli cli;

    @BeforeAll
    static void makeProject(Cluster shared) throws Exception {
        Npm.install("sentry-cli");
        cluster = shared;
        api = cluster.apiWithNewProject("Read by tools");
        Http.Answer made = api.post(
                "/api/v1/tokens",
                Map.of(
                        "name",
                        "tools",
                        "scopes",
                        List.of("org:read", "project:read", "project:releases", "event:write", "alerts:read")));
        assertThat(made.status()).isEqualTo(201);
        token = made.json().path("token").asString();
    }

    @BeforeEach
    void tool() {
        cli = new SentryCli(build, home, token, api.slug());
    }

    @ParameterizedTest
    @EnumSource
    void eventsAreSentListedAndResolved(Version version) throws Exception {
        String dsn = api.dsnAt(cluster.gateway.url());
        String message = "Sold out by " + version;
        cli.runFor(dsn, version, "send-event", "--message", message, "--release", "reads@1");
        Path envelope = Files.writeString(build.resolve("one.envelope"), """
                {"event_id":"%1$s"}
                {"type":"event"}
                {"event_id":"%1$s","message":"In an envelope by %2$s","platform":"other"}
                """.formatted(Sender.newId(), version));
        cli.runFor(dsn, version, "send-envelope", envelope.toString());

        await("what was sent")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ask(version, "issues", "list"))
                        .contains(message)
                        .contains("In an envelope by " + version));
        assertThat(ask(version, "info")).contains("ada@example.com").contains("event:write");
        assertThat(ask(version, "organizations", "list")).contains("default");
        assertThat(ask(version, "projects", "list")).contains(api.slug());
        assertThat(ask(version, "events", "list")).contains(message);
        ask(version, "repos", "list");
        ask(version, "monitors", "list");
        assertThat(ask(version, "releases", "list")).contains("reads@1");

        JsonNode issue = issue(message);
        ask(version, "issues", "resolve", "--id", issue.path("id").asString());
        assertThat(issue(message).path("status").asString()).isEqualTo("resolved");
        ask(version, "issues", "unresolve", "--id", issue.path("id").asString());
        assertThat(issue(message).path("status").asString()).isEqualTo("unresolved");
        ask(version, "issues", "mute", "--id", issue.path("id").asString());
        assertThat(issue(message).path("status").asString()).isEqualTo("ignored");
    }

    private String ask(Version version, String... arguments) throws Exception {
        return cli.runAt(cluster.query.url(), version, arguments);
    }

    private static JsonNode issue(String title) {
        return api.all("/api/v1/issues?project=" + api.slug()).stream()
                .filter(one -> one.path("title").asString().equals(title))
                .findFirst()
                .orElseThrow();
    }
}
