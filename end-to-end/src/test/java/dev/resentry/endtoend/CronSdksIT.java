package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.endtoend.SentryCli.Version;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Jobs check in by unmodified SDKs, sentry-cli and curl, and their monitors know when they are due and how they went. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class CronSdksIT {
    private static Cluster cluster;
    private static Api api;

    @TempDir
    Path home;

    @BeforeAll
    static void makeProject(Cluster shared) {
        cluster = shared;
        api = cluster.apiWithNewProject("Jobs");
    }

    @Test
    void aJobInJava() throws Exception {
        run(List.of(
                ServiceProcess.java(),
                "-cp",
                System.getProperty("java.class.path"),
                JavaSdkJob.class.getName(),
                dsn()));

        JsonNode monitor = awaitRuns("java-job", "staging", "error", "ok");
        assertThat(monitor.at("/schedule/value").asString()).isEqualTo("10 minute");
        assertConfigured(monitor);
    }

    @Test
    void aJobInNode() throws Exception {
        Npm.install("node-sdk");

        run(List.of("node", "node-sdk/job.js", dsn()));

        JsonNode monitor = awaitRuns("node-job", "staging", "error", "ok");
        assertThat(monitor.at("/schedule/value").asString()).isEqualTo("*/10 * * * *");
        assertConfigured(monitor);
    }

    @ParameterizedTest
    @EnumSource
    void aCommandBySentryCli(Version version) throws Exception {
        Npm.install("sentry-cli");
        String slug = "cli-job-" + version.name().toLowerCase(Locale.ROOT);
        var cli = new SentryCli(home, home, "none", api.slug());

        cli.runFor(
                dsn(),
                version,
                "monitors",
                "run",
                "--schedule",
                "0 4 * * *",
                "--max-runtime",
                "20",
                slug,
                "--",
                "true");

        JsonNode monitor = awaitRuns(slug, "production", "ok");
        assertThat(monitor.at("/schedule/value").asString()).isEqualTo("0 4 * * *");
        assertThat(monitor.path("max_runtime").asInt()).isEqualTo(20);
    }

    @Test
    void aScriptWithCurl() throws Exception {
        URI dsn = URI.create(dsn());
        String address = "%s://%s/api%s/cron/curl-job/%s/"
                .formatted(dsn.getScheme(), dsn.getAuthority().replaceAll(".*@", ""), dsn.getPath(), dsn.getUserInfo());

        for (String query :
                List.of("status=in_progress", "status=ok&duration=1.5", "status=error&environment=staging")) {
            run(List.of("curl", "--silent", "--show-error", "--fail", address + "?" + query));
        }

        awaitRuns("curl-job", "staging", "error");
        JsonNode monitor = awaitRuns("curl-job", "production", "ok");
        assertThat(monitor.path("schedule").isNull()).isTrue();
        assertThat(monitor.at("/environments/0/recent/0/duration_ms").asLong()).isEqualTo(1_500);
    }

    private static void assertConfigured(JsonNode monitor) {
        assertThat(monitor.path("checkin_margin").asInt()).isEqualTo(2);
        assertThat(monitor.path("max_runtime").asInt()).isEqualTo(15);
        assertThat(monitor.path("time_zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(monitor.at("/environments/0/next_check_in").isString()).isTrue();
        assertThat(monitor.at("/environments/0/failing_since").isString()).isTrue();
    }

    /** The monitor, once its newest runs in an environment went as they did. */
    private static JsonNode awaitRuns(String slug, String environment, String... statuses) {
        return await("the runs of " + slug)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> monitor(slug),
                        monitor -> monitor.path("environments")
                                .valueStream()
                                .filter(one -> one.path("name").asString().equals(environment))
                                .anyMatch(one -> one.path("recent")
                                        .valueStream()
                                        .map(cell -> cell.path("status").asString())
                                        .toList()
                                        .equals(List.of(statuses))));
    }

    private static JsonNode monitor(String slug) {
        for (JsonNode monitor : api.json("/api/v1/monitors?project=%s&words=%s".formatted(api.slug(), slug))
                .path("results")) {
            if (monitor.path("slug").asString().equals(slug)) {
                return monitor;
            }
        }
        return Http.JSON.missingNode();
    }

    private static String dsn() {
        return api.dsnAt(cluster.gateway.url());
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path log = Path.of("target", "logs", "cron-jobs.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        assertThat(process.waitFor()).as("%s; see %s", command, log).isZero();
    }
}
