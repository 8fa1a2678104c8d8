package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventId;
import dev.resentry.testsupport.size.TestSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The newer command line of Sentry, npm's {@code sentry}, unmodified: it reads, resolves, uploads and tells of releases. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class SentryNewerCliIT {
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
        api = cluster.apiWithNewProject("Read by the newer tool");
        Http.Answer made = api.post(
                "/api/v1/tokens",
                Map.of(
                        "name",
                        "newer",
                        "scopes",
                        List.of(
                                "org:read",
                                "project:read",
                                "project:releases",
                                "event:write",
                                "team:read",
                                "member:read",
                                "alerts:read")));
        assertThat(made.status()).isEqualTo(201);
        token = made.json().path("token").asString();
    }

    @BeforeEach
    void tool() {
        cli = new SentryCli(build, home, token, api.slug());
    }

    /** What only lists is for a campaign, as each command takes a second. */
    @Test
    void itListsShowsAndResolves() throws Exception {
        EventId id = Sender.newId();
        ObjectNode sent = Http.JSON.createObjectNode().put("platform", "python").put("message", "Sold out of hats");
        assertThat(Sender.of(api, cluster.gateway.url())
                        .send(Sender.event(id, sent))
                        .status())
                .isEqualTo(200);
        api.awaitEvent(id.toString());
        JsonNode issue = api.all("/api/v1/issues?project=" + api.slug()).getFirst();
        String shortId = issue.path("short_id").asString();
        String project = "default/" + api.slug();

        assertThat(run("project", "view", project, "--json")).contains(api.slug());
        assertThat(run("issue", "list", project, "--json")).contains("Sold out of hats");
        assertThat(run("issue", "view", "default/" + shortId, "--json")).contains(id.toString());
        if (Boolean.getBoolean(TestSize.PROPERTY)) {
            assertThat(run("auth", "whoami")).contains("ada@example.com");
            assertThat(run("org", "list", "--json")).contains("\"default\"");
            assertThat(run("issue", "events", "default/" + shortId, "--json")).contains(id.toString());
            assertThat(run("event", "view", project, id.toString(), "--json")).contains("Sold out of hats");
            assertThat(run("explore", project, "-F", "title", "-F", "count()", "--json"))
                    .contains("Sold out of hats");
            run("monitor", "list", "default/", "--json");
            run("alert", "issues", "list", project, "--json");
            run("log", "list", project, "--json");
        }

        run("issue", "resolve", "default/" + shortId);
        assertThat(api.json("/api/v1/issues/" + issue.path("id").asString())
                        .path("status")
                        .asString())
                .isEqualTo("resolved");
    }

    @Test
    void itUploadsMapsAndTellsOfAReleaseWithItsCommits() throws Exception {
        String release = "shop@6.0.0";
        cli.minify();
        cli.git("init", "--quiet");
        cli.git("add", "--all");
        cli.git("commit", "--quiet", "--message", "Sell scarves");

        run("release", "create", "default/" + release, "--project", api.slug());
        run("sourcemap", "upload", ".", "--release", release);
        run("release", "set-commits", "default/" + release, "--local");
        run("release", "finalize", "default/" + release);
        run("release", "deploy", "default/" + release, "production");

        long id = api.releaseId(release);
        assertThat(api.all("/api/v1/releases/%d/artifacts".formatted(id)))
                .extracting(artifact -> artifact.path("kind").asString())
                .contains("minified_source", "source_map");
        assertThat(api.all("/api/v1/releases/%d/commits".formatted(id)))
                .extracting(commit -> commit.path("message").asString().strip())
                .containsExactly("Sell scarves");
        assertThat(api.all("/api/v1/releases/%d/deployments".formatted(id)))
                .extracting(deployed -> deployed.path("environment").asString())
                .containsExactly("production");
        assertThat(api.json("/api/v1/releases/" + id).path("date_released").isString())
                .isTrue();
    }

    private String run(String... arguments) throws Exception {
        return cli.runNewer(cluster.query.url(), arguments);
    }
}
