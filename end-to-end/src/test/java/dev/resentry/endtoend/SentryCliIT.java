package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.endtoend.SentryCli.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds with both versions of sentry-cli: what they upload makes errors readable, and releases are as they tell. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class SentryCliIT {
    private static final Pattern DEBUG_ID = Pattern.compile("//# debugId=(\\S+)");
    private static final Pattern THROWS = Pattern.compile("new RangeError");
    private static final Pattern CALLS = Pattern.compile("\\w\\(\\{expired:");

    private static Api api;
    private static Sender sender;
    private static String token;
    private static long project;

    @TempDir
    Path build;

    @TempDir
    Path home;

    private SentryCli cli;

    @BeforeAll
    static void makeProject(Cluster cluster) throws Exception {
        Npm.install("sentry-cli");
        api = cluster.apiWithNewProject("Builds");
        sender = Sender.of(api, cluster.gateway.url());
        project = api.project().path("id").asLong();
        Http.Answer made = api.post("/api/v1/organization/tokens", Map.of("name", "builds"));
        assertThat(made.status()).isEqualTo(201);
        token = made.json().path("token").asString();
    }

    @BeforeEach
    void checkOut() {
        cli = new SentryCli(build, home, token, api.slug());
    }

    @Test
    void mapsOfVersion3AreFoundByDebugId() throws Exception {
        Path code = cli.minify();
        cli.run(Version.THREE, "sourcemaps", "inject", ".");
        cli.run(Version.THREE, "sourcemaps", "upload", "--wait", ".");

        Matcher injected = DEBUG_ID.matcher(Files.readString(code));
        assertThat(injected.find()).isTrue();
        String debugId = injected.group(1);
        List<JsonNode> artifacts = api.all("/api/v1/projects/%d/artifacts?debug_id=%s".formatted(project, debugId));
        assertThat(artifacts)
                .extracting(artifact -> artifact.path("name").asString() + " "
                        + artifact.path("kind").asString())
                .containsExactlyInAnyOrder("shop.js minified_source", "shop.js.map source_map");
        assertThat(artifacts).allMatch(artifact -> artifact.path("release").isNull());

        ObjectNode thrown = thrownBy(code, "https://shop.example/any/where.js");
        thrown.putObject("debug_meta")
                .putArray("images")
                .addObject()
                .put("type", "sourcemap")
                .put("code_file", "https://shop.example/any/where.js")
                .put("debug_id", debugId);
        assertOriginal(thrown, "/", "debug-id");
    }

    @Test
    void mapsOfVersion2AreFoundByReleaseAndName() throws Exception {
        Path code = cli.minify();
        String release = "shop@2.0.0";
        cli.run(Version.TWO, "sourcemaps", "upload", "--wait", "--release", release, "--url-prefix", "~/assets", ".");

        assertThat(api.all("/api/v1/releases/%d/artifacts".formatted(api.releaseId(release))))
                .extracting(artifact -> artifact.path("url").asString())
                .containsExactlyInAnyOrder("~/assets/shop.js", "~/assets/shop.js.map");
        assertOriginal(
                thrownBy(code, "https://shop.example/assets/shop.js?v=7").put("release", release),
                "/assets/",
                "release");
    }

    @Test
    void version2KeepsFilesOneByOne() throws Exception {
        Path code = cli.minify();
        String release = "shop@1.9.0";
        cli.run(Version.TWO, "releases", "new", release);
        for (String name : List.of("shop.js", "shop.js.map")) {
            cli.run(Version.TWO, "releases", "files", release, "upload", name, "~/old/" + name);
        }

        assertThat(cli.run(Version.TWO, "releases", "files", release, "list"))
                .contains("~/old/shop.js ", "~/old/shop.js.map ");
        assertOriginal(thrownBy(code, "https://shop.example/old/shop.js").put("release", release), "/old/", "release");

        cli.run(Version.TWO, "releases", "files", release, "delete", "~/old/shop.js");
        assertThat(api.all("/api/v1/releases/%d/artifacts".formatted(api.releaseId(release))))
                .extracting(artifact -> artifact.path("url").asString())
                .containsExactly("~/old/shop.js.map");
    }

    @ParameterizedTest
    @EnumSource
    void aReleaseIsMadeOfCommitsAndFinalizedAndDeployed(Version version) throws Exception {
        String release = "shop@4.0.0-" + version.name().toLowerCase(Locale.ROOT);
        cli.git("init", "--quiet");
        for (String message : List.of("Sell books", "Sell hats")) {
            cli.git("commit", "--quiet", "--allow-empty", "--message", message);
        }
        String head = cli.git("rev-parse", "HEAD");

        cli.run(version, "releases", "new", release);
        long id = api.releaseId(release);
        assertThat(api.json("/api/v1/releases/" + id).path("date_released").isNull())
                .isTrue();

        cli.run(version, "releases", "set-commits", release, "--commit", "octo/shop@" + head);
        cli.run(version, "releases", "finalize", release);
        String[] deployment = version == Version.THREE
                ? new String[] {"deploys", "new", "--release", release, "--env", "production"}
                : new String[] {"releases", "deploys", release, "new", "--env", "production"};
        cli.run(version, deployment);

        List<JsonNode> commits = api.all("/api/v1/releases/%d/commits".formatted(id));
        assertThat(commits)
                .extracting(commit -> commit.path("message").asString().strip())
                .containsExactly("Sell hats", "Sell books");
        assertThat(commits.getFirst().path("id").asString()).isEqualTo(head);
        assertThat(commits.getFirst().path("author_email").asString()).isEqualTo("ada@example.com");
        assertThat(api.json("/api/v1/releases/" + id).path("date_released").isString())
                .isTrue();
        assertThat(api.all("/api/v1/releases/%d/deployments".formatted(id)))
                .extracting(deployed -> deployed.path("environment").asString())
                .containsExactly("production");
    }

    /** As getsentry/action-release 3 calls version 2, which it names itself to; its own telemetry is not of these calls. */
    @Test
    void theActionOfReleasesDoesAllItsSteps() throws Exception {
        String release = "shop@5.0.0";
        cli.git("init", "--quiet");
        cli.git("remote", "add", "origin", "https://github.com/octo/shop.git");
        Path code = cli.minify();
        cli.git("add", "--all");
        cli.git("commit", "--quiet", "--message", "Sell gloves");

        act("releases", "new", release, "-p", api.slug());
        act("releases", "set-commits", release, "--auto", "--ignore-missing");
        act("sourcemaps", "inject", ".");
        act(
                "sourcemaps",
                "upload",
                "-p",
                api.slug(),
                "--release",
                release,
                ".",
                "--ignore",
                "node_modules",
                "--url-prefix",
                "~/assets");
        act("releases", "deploys", release, "new", "--env", "production");
        act("releases", "finalize", release);

        long id = api.releaseId(release);
        assertThat(api.all("/api/v1/releases/%d/commits".formatted(id)))
                .extracting(commit -> commit.path("message").asString().strip())
                .containsExactly("Sell gloves");
        assertThat(api.all("/api/v1/releases/%d/deployments".formatted(id)))
                .extracting(deployed -> deployed.path("environment").asString())
                .containsExactly("production");
        assertThat(api.json("/api/v1/releases/" + id).path("date_released").isString())
                .isTrue();
        assertThat(Files.readString(code)).containsPattern(DEBUG_ID);
        await("the artifacts of the release")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(api.all("/api/v1/releases/%d/artifacts".formatted(id)))
                        .extracting(artifact -> artifact.path("url").asString())
                        .contains("~/assets/shop.js", "~/assets/shop.js.map"));
    }

    private void act(String... arguments) throws Exception {
        cli.runIn(List.of("SENTRY_PIPELINE=github-action-release/3.7.0"), Version.TWO, arguments);
    }

    @ParameterizedTest
    @EnumSource
    void aMappingIsFoundByTheIdThatTheProgramHas(Version version) throws Exception {
        var mapping = UUID.randomUUID();
        Files.writeString(build.resolve("mapping.txt"), """
                com.example.shop.CardDeclined -> o.b:
                com.example.shop.Checkout -> o.d:
                    8:8:void charge(java.lang.String):18:18 -> a
                """);
        cli.run(version, "upload-proguard", "--uuid", mapping.toString(), "mapping.txt");
        cli.run(version, "upload-proguard", "--uuid", mapping.toString(), "mapping.txt");

        assertThat(api.all("/api/v1/projects/%d/artifacts?debug_id=%s".formatted(project, mapping)))
                .singleElement()
                .satisfies(
                        artifact -> assertThat(artifact.path("kind").asString()).isEqualTo("proguard"));
        var id = Sender.newId();
        ObjectNode thrown = Http.JSON.createObjectNode().put("platform", "java").put("event_id", id.toString());
        thrown.putObject("debug_meta")
                .putArray("images")
                .addObject()
                .put("type", "proguard")
                .put("uuid", mapping.toString());
        ObjectNode exception = thrown.putObject("exception")
                .putArray("values")
                .addObject()
                .put("type", "b")
                .put("module", "o");
        exception
                .putObject("stacktrace")
                .putArray("frames")
                .addObject()
                .put("module", "o.d")
                .put("function", "a")
                .put("filename", "SourceFile")
                .put("lineno", 8);
        assertThat(sender.send(Sender.event(id, thrown)).status()).isEqualTo(200);
        JsonNode readable = api.awaitEvent(id.toString()).at("/exception/values/0");
        assertThat(readable.path("type").asString()).isEqualTo("CardDeclined");
        assertThat(readable.at("/stacktrace/frames/0/function").asString()).isEqualTo("charge");
        assertThat(readable.at("/stacktrace/frames/0/lineno").asInt()).isEqualTo(18);
    }

    /** The error that the minified code throws, as an SDK in a page at some URL sees it. */
    private static ObjectNode thrownBy(Path code, String url) throws IOException {
        ObjectNode event = Http.JSON.createObjectNode().put("platform", "javascript");
        ObjectNode exception = event.putObject("exception")
                .putArray("values")
                .addObject()
                .put("type", "RangeError")
                .put("value", "the card expired and pays no 7");
        var frames = exception.putObject("stacktrace").putArray("frames");
        List<String> lines = Files.readAllLines(code);
        for (Pattern place : List.of(CALLS, THROWS)) {
            for (int line = 0; line < lines.size(); line++) {
                Matcher found = place.matcher(lines.get(line));
                if (found.find()) {
                    frames.addObject()
                            .put("abs_path", url)
                            .put("function", "e")
                            .put("lineno", line + 1)
                            .put("colno", found.start() + 1)
                            .put("in_app", true);
                }
            }
        }
        assertThat(frames.size()).as(lines.toString()).isEqualTo(2);
        return event;
    }

    /** Sends an event, whose frames are those of the original files, beside the map, when it has arrived. */
    private static void assertOriginal(ObjectNode thrown, String directory, String by) {
        var id = Sender.newId();
        thrown.put("event_id", id.toString());
        assertThat(sender.send(Sender.event(id, thrown)).status()).isEqualTo(200);

        JsonNode frames = api.awaitEvent(id.toString()).at("/exception/values/0/stacktrace/frames");
        JsonNode caller = frames.path(0);
        JsonNode thrower = frames.path(1);
        assertThat(thrower.path("filename").asString()).isEqualTo(directory + "src/card.js");
        assertThat(thrower.path("lineno").asInt()).isEqualTo(4);
        assertThat(thrower.path("function").asString()).isEqualTo("chargeCard");
        assertThat(thrower.path("context_line").asString()).contains("throw new RangeError(`the card expired");
        assertThat(thrower.path("pre_context").toString()).contains("function chargeCard(card, amount) {");
        assertThat(thrower.path("post_context").toString()).contains("return amount;");
        assertThat(thrower.at("/data/resolved_with").asString()).isEqualTo(by);
        assertThat(caller.path("filename").asString()).isEqualTo(directory + "src/shop.js");
        assertThat(caller.path("lineno").asInt()).isEqualTo(3);
        assertThat(caller.path("function").asString()).isEqualTo("checkout");
    }
}
