package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the files that install Resentry promise, as far as it can be seen without the programs that read them. */
class DeploymentFilesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path CHART = ROOT.resolve("deploy/helm/resentry");
    private static final List<String> SERVICES = List.of("ingest-gateway", "envelope-processor", "query-api");

    /** Of the image, of a single container, of DATABASE_URL, and of no service. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "PORT",
            "RESENTRY_SPOOL_DIR",
            "RESENTRY_GATEWAY_NAME",
            "DATABASE_HOST",
            "DATABASE_PORT",
            "DATABASE_NAME",
            "DATABASE_USER",
            "DATABASE_PASSWORD",
            "RESENTRY_JAVA_OPTS");

    /** What Compose itself says. */
    private static final Set<String> FIXED = Set.of("ENV", "KAFKA_BOOTSTRAP_SERVERS", "DATABASE_URL");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "docker/release.Dockerfile"})
    void anImageHasNoRootKnowsItsHealthAndGetsTheSignalToStop(String name) throws IOException {
        String file = Files.readString(ROOT.resolve(name));
        String image = file.substring(file.lastIndexOf("\nFROM ") + 1);

        assertThat(all("(?m)^USER (.*)$", image)).containsExactly("10001:10001");
        assertThat(all("(?m)^ENTRYPOINT (\\[\"java\".*\\])$", image)).hasSize(1);
        assertThat(all("(?m)^(HEALTHCHECK) ", image)).hasSize(1);
        assertThat(image).doesNotContain("mvn", "npm").doesNotContainPattern("(?m)^ADD ");
        Set<String> stages = new TreeSet<>(all("(?m)^FROM \\S+ AS (\\S+)$", file));
        assertThat(all("(?m)^FROM (\\S+)", file))
                .allMatch(from -> stages.contains(from) || from.matches("\\S+:(?!latest$)\\S+"));
    }

    @Test
    void theImagesAreBuiltFromTheSourcesByOneStageForAllServices() throws IOException {
        String file = Files.readString(ROOT.resolve("Dockerfile"));

        assertThat(file).contains("--mount=type=cache,target=/root/.m2");
        assertThat(all("-pl (\\S+) -am package", file)).containsExactly(String.join(",", SERVICES));
        assertThat(file.substring(0, file.indexOf(" AS layers"))).doesNotContain("ARG ");
        // Nothing that was built before is sent to the builder, and so nothing of it can be in an image.
        assertThat(Files.readAllLines(ROOT.resolve(".dockerignore"))).contains("**/target", "**/node_modules", ".env");
    }

    @Test
    void aReleaseMakesTheSameImagesOfItsJars() throws IOException {
        assertThat(runtimePart("docker/release.Dockerfile")).isEqualTo(runtimePart("Dockerfile"));
    }

    private static String runtimePart(String name) throws IOException {
        String file = Files.readString(ROOT.resolve(name));
        return file.substring(file.indexOf("\n# What the JVM finds out"));
    }

    @Test
    void composeOpensOnePortAndBoundsEveryService() throws IOException {
        JsonNode compose = Yaml.read(ROOT.resolve("docker-compose.yml"));
        Set<String> volumes = Set.copyOf(compose.path("volumes").propertyNames());
        List<String> built = builtImages(compose);

        for (Map.Entry<String, JsonNode> each : compose.path("services").properties()) {
            String name = each.getKey();
            JsonNode service = each.getValue();
            assertThat(service.has("ports")).as("%s opens a port", name).isEqualTo(name.equals("proxy"));
            assertThat(service.path("mem_limit").asString("")).as(name).isNotEmpty();
            assertThat(service.has("container_name"))
                    .as("%s can be scaled", name)
                    .isFalse();
            assertThat(service.path("restart").asString("")).as(name).isIn("unless-stopped", "no");
            assertThat(service.has("build") || service.has("healthcheck"))
                    .as("%s tells of its health", name)
                    .isTrue();
            String image = service.path("image").asString("");
            assertThat(built.contains(image) || image.matches(".+:(?!latest$).+"))
                    .as("%s has a version", name)
                    .isTrue();
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asString().split(":")[0];
                assertThat(source.startsWith("./") ? Files.exists(ROOT.resolve(source)) : volumes.contains(source))
                        .as("%s is there", source)
                        .isTrue();
            }
        }
        assertThat(compose.at("/services/proxy/ports")).hasSize(1);
    }

    private static List<String> builtImages(JsonNode compose) {
        return compose.path("services")
                .valueStream()
                .filter(service -> service.has("build"))
                .map(service -> service.path("image").asString(""))
                .toList();
    }

    @Test
    void composeBuildsEachImageOnceAndPullsNoneOfThem() throws IOException {
        JsonNode compose = Yaml.read(ROOT.resolve("docker-compose.yml"));
        List<String> built = builtImages(compose);

        assertThat(built).hasSameSizeAs(SERVICES).doesNotHaveDuplicates();
        for (Map.Entry<String, JsonNode> each : compose.path("services").properties()) {
            JsonNode service = each.getValue();
            if (!service.has("build") && built.contains(service.path("image").asString(""))) {
                assertThat(service.path("pull_policy").asString(""))
                        .as(each.getKey())
                        .isEqualTo("never");
            }
        }
    }

    @Test
    void composeMigratesOnceAndConfinesTheServices() throws IOException {
        JsonNode services = Yaml.read(ROOT.resolve("docker-compose.yml")).path("services");

        for (String name : SERVICES) {
            JsonNode service = services.path(name);
            assertThat(service.at("/build/args/SERVICE").asString("")).isEqualTo(name);
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.path("cap_drop").toString()).contains("ALL");
            // Docker lets nothing run from a tmpfs, where libraries unpack their native code.
            assertThat(service.path("tmpfs").toString()).contains("/tmp:exec");
        }
        assertThat(services.at("/migrate/command").toString()).isEqualTo("[\"migrate\"]");
        for (String name : List.of("envelope-processor", "query-api")) {
            assertThat(services.at("/%s/depends_on/migrate/condition".formatted(name))
                            .asString(""))
                    .isEqualTo("service_completed_successfully");
        }
    }

    @Test
    void composePassesOnEverySettingWithItsDefaultAndNoOther() throws IOException {
        JsonNode environment = Yaml.read(ROOT.resolve("docker-compose.yml")).at("/services/query-api/environment");
        Map<String, String> settings = new TreeMap<>();
        Pattern.compile("(?m)^#?([A-Z][A-Z0-9_]*)=(.*)$")
                .matcher(Files.readString(ROOT.resolve(".env.example")))
                .results()
                .forEach(match -> settings.put(match.group(1), match.group(2)));
        assertThat(settings).containsKeys(NOT_PASSED_ON.toArray(String[]::new));
        settings.keySet().removeAll(NOT_PASSED_ON);

        assertThat(environment.propertyNames()).containsExactlyInAnyOrderElementsOf(settings.keySet());
        settings.keySet().removeAll(FIXED);
        settings.forEach((name, value) -> assertThat(environment.path(name).asString(""))
                .as(name)
                .isIn("${%s:-%s}".formatted(name, value), "${%s-%s}".formatted(name, value)));
    }

    @Test
    void theChartIsForThisVersionAndHasTheRulesOfTheProxy() throws IOException {
        String version = all("<version>([^<]+)</version>\\s*<packaging>pom", Files.readString(ROOT.resolve("pom.xml")))
                .getFirst();

        assertThat(Yaml.read(CHART.resolve("Chart.yaml")).path("appVersion").asString())
                .isEqualTo(version.replace("-SNAPSHOT", ""));
        assertThat(CHART.resolve("files/proxy.conf")).hasSameTextualContentAs(ROOT.resolve("docker/proxy.conf"));
    }

    @Test
    void theSchemaKnowsEveryValueOfTheChart() throws IOException {
        JsonNode schema = Http.JSON.readTree(Files.readString(CHART.resolve("values.schema.json")));

        assertKnown("", Yaml.read(CHART.resolve("values.yaml")), schema);
    }

    private static void assertKnown(String path, JsonNode values, JsonNode schema) {
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            JsonNode property = schema.path("properties").path(value.getKey());
            assertThat(property.isMissingNode())
                    .as("%s/%s is in values.schema.json", path, value.getKey())
                    .isFalse();
            if (property.path("properties").isObject()) {
                assertKnown(path + "/" + value.getKey(), value.getValue(), property);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATABASE_URL",
                "DATABASE_READ_URL",
                "CLICKHOUSE_PASSWORD",
                "RESENTRY_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                "RESENTRY_KAFKA_PROPERTIES_SSL_KEYSTORE_KEY"
            })
    void theSchemaWantsSecretsInTheSecret(String name) throws IOException {
        JsonNode schema = Http.JSON.readTree(Files.readString(CHART.resolve("values.schema.json")));

        assertThat(name)
                .containsPattern(schema.at("/properties/settings/propertyNames/not/pattern")
                        .asString());
        assertThat("PASSWORD_LOGIN")
                .doesNotContainPattern(schema.at("/properties/settings/propertyNames/not/pattern")
                        .asString());
    }

    @Test
    void aRestartOfTheTargetMigratesAndAFailedMigrationIsTriedAgain() throws IOException {
        assertThat(Files.readString(ROOT.resolve("deploy/systemd/resentry-migrate.service")))
                .contains("\nPartOf=resentry.target\n", "\nRestart=on-failure\n", "\nRestartSec=5s\n");
        for (String name : List.of("api", "processor")) {
            assertThat(Files.readString(ROOT.resolve("deploy/systemd/resentry-%s.service".formatted(name))))
                    .containsPattern("\nWants=.*\\bresentry-migrate\\.service\n")
                    .containsPattern("\nAfter=.*\\bresentry-migrate\\.service\n")
                    .doesNotContain("\nRequires=");
        }
    }

    private static Stream<Path> units() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("deploy/systemd"))) {
            return files.filter(file -> file.toString().endsWith(".service")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("units")
    void aUnitHasNoRootAndStartsWhatTheLauncherKnows(Path unit) throws IOException {
        String text = Files.readString(unit);

        assertThat(text)
                .contains(
                        "\nUser=resentry\n",
                        "\nNoNewPrivileges=true\n",
                        "\nProtectSystem=strict\n",
                        "\nCapabilityBoundingSet=\n",
                        "\nStateDirectory=resentry\n",
                        "\nEnvironmentFile=/etc/resentry/resentry.env\n");
        List<String> started = all("(?m)^ExecStart=/opt/resentry/bin/resentry (\\S+)", text);
        assertThat(started).hasSize(1);
        assertThat(Stream.concat(SERVICES.stream(), Stream.of("up"))).contains(started.getFirst());
        if (!text.contains("Type=oneshot")) {
            assertThat(text).contains("\nRestart=on-failure\n", "\nTimeoutStopSec=", "\nSuccessExitStatus=143\n");
        }
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
