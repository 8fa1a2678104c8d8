package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The programs that read the files below {@code deploy} and Compose's take them; each is left out, and says so, where it cannot be had. */
@Tag("campaign")
@Timeout(1200)
class DeploymentToolsIT {
    private static final String HELM = "helm.sh/helm/v3/cmd/helm@v3.22.0";
    private static final String COMPOSE = "github.com/compose-spec/compose-go/v2/cmd@v2.16.2";
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String CHART = ROOT.resolve("deploy/helm/resentry").toString();
    private static final List<String> NEEDED = List.of(
            // One that Go has built knows no other than its oldest.
            "--kube-version",
            "1.31.0",
            "--set",
            "existingSecret=resentry",
            "--set",
            "kafka.bootstrapServers=kafka:9092",
            "--set",
            "database.host=db");

    @Test
    void helmFindsNothingWrongWithTheChart() throws Exception {
        String helm = helm();

        assertThat(GoTool.run(0, command(helm, "lint", "--strict", CHART))).contains("0 chart(s) failed");
    }

    @Test
    void helmRefusesValuesThatMakeNoInstallation() throws Exception {
        String helm = helm();

        assertThat(GoTool.run(1, List.of(helm, "template", "r", CHART))).contains("existingSecret");
        assertThat(GoTool.run(1, command(helm, "template", "r", CHART, "--set", "kafka.bootstrapServers=kafka")))
                .contains("bootstrapServers");
        assertThat(GoTool.run(1, command(helm, "template", "r", CHART, "--set", "settings.EMAIL_PASSWORD=hush")))
                .contains("EMAIL_PASSWORD");
        assertThat(GoTool.run(1, command(helm, "template", "r", CHART, "--set", "gatway.replicas=3")))
                .contains("gatway");
    }

    @Test
    void whatTheChartMakesHasNoRootNoSecretsAndIsNeverAllAway() throws Exception {
        List<JsonNode> rendered =
                rendered("--set", "ingress.enabled=true", "--set", "processor.autoscaling.enabled=true");

        List<String> budgets = new ArrayList<>();
        List<String> pods = new ArrayList<>();
        for (JsonNode each : rendered) {
            String name = each.at("/metadata/name").asString();
            switch (each.path("kind").asString()) {
                case "Deployment", "StatefulSet", "Job" -> {
                    assertConfined(name, each.at("/spec/template/spec"));
                    if (!each.path("kind").asString().equals("Job")) {
                        pods.add(name);
                        assertProbed(name, each.at("/spec/template/spec/containers/0"));
                    }
                }
                case "PodDisruptionBudget" -> budgets.add(name);
                case "Secret" ->
                    assertThat(each).as("the chart makes no secret").isNull();
                default -> {}
            }
        }
        assertThat(pods).hasSize(4);
        assertThat(budgets).containsExactlyInAnyOrderElementsOf(pods);
        assertThat(rendered.stream().filter(each -> each.path("kind").asString().equals("ConfigMap")))
                .allSatisfy(map -> assertThat(map.toString()).doesNotContainIgnoringCase("password"));
        assertThat(kinds(rendered)).contains("Ingress", "ScaledObject", "HorizontalPodAutoscaler", "ServiceAccount");
    }

    @Test
    void processorsAreScaledByTheLagThatTheyExportAndGatewaysByCpu() throws Exception {
        List<JsonNode> rendered = rendered("--set", "processor.autoscaling.enabled=true");

        JsonNode trigger = of(rendered, "ScaledObject", "r-resentry-processor").at("/spec/triggers/0/metadata");
        assertThat(trigger.path("query").asString()).contains("resentry_processor_lag_records");
        assertThat(trigger.path("threshold").asString()).isEqualTo("5000");
        assertThat(of(rendered, "Deployment", "r-resentry-processor")
                        .at("/spec")
                        .has("replicas"))
                .isFalse();
        assertThat(of(rendered, "HorizontalPodAutoscaler", "r-resentry-gateway")
                        .at("/spec/metrics/0/resource/name")
                        .asString())
                .isEqualTo("cpu");
        assertThat(kinds(rendered("--set", "gateway.autoscaling.enabled=false")))
                .doesNotContain("HorizontalPodAutoscaler", "ScaledObject");
    }

    @Test
    void theSchemaIsMigratedBeforeAnythingElseIsThere() throws Exception {
        JsonNode job = of(rendered(), "Job", "r-resentry-migration");

        assertThat(job.at("/metadata/annotations").path("helm.sh/hook").asString())
                .isEqualTo("pre-install,pre-upgrade");
        JsonNode container = job.at("/spec/template/spec/containers/0");
        assertThat(container.path("args").toString()).isEqualTo("[\"migrate\"]");
        assertThat(container.at("/envFrom/0/secretRef/name").asString()).isEqualTo("resentry");
        assertThat(job.at("/spec/template/spec").has("serviceAccountName"))
                .as("an account that the hook comes before")
                .isFalse();
    }

    @Test
    void settingsOfTheUserWin() throws Exception {
        JsonNode processor =
                of(rendered("--set-string", "settings.RETENTION_DAYS=30"), "Deployment", "r-resentry-processor");

        assertThat(processor.at("/spec/template/spec/containers/0/env").toString())
                .contains("{\"name\":\"RETENTION_DAYS\",\"value\":\"30\"}")
                .contains("{\"name\":\"KAFKA_ENVELOPE_PARTITIONS\",\"value\":\"12\"}");
    }

    @Test
    void volumesOfTheUserAreInAllServicesAndTheMigration() throws Exception {
        List<JsonNode> rendered = rendered(
                "--set",
                "extraVolumes[0].name=authorities,extraVolumes[0].configMap.name=authorities",
                "--set",
                "extraVolumeMounts[0].name=authorities,extraVolumeMounts[0].mountPath=/etc/resentry");

        List<JsonNode> pods = List.of(
                of(rendered, "StatefulSet", "r-resentry-gateway"),
                of(rendered, "Deployment", "r-resentry-processor"),
                of(rendered, "Deployment", "r-resentry-api"),
                of(rendered, "Job", "r-resentry-migration"));
        assertThat(pods).allSatisfy(pod -> {
            assertThat(pod.at("/spec/template/spec/volumes").toString())
                    .contains("{\"configMap\":{\"name\":\"authorities\"},\"name\":\"authorities\"}");
            assertThat(pod.at("/spec/template/spec/containers/0/volumeMounts").toString())
                    .contains("\"mountPath\":\"/etc/resentry\"");
        });
    }

    @Test
    void composeTakesItsFile() throws Exception {
        Optional<String> compose = GoTool.find("compose-spec", COMPOSE);
        assumeThat(compose).as("Compose's own reader of its files").isPresent();

        String read = GoTool.run(
                0,
                List.of(
                        compose.orElseThrow(),
                        ROOT.resolve("docker-compose.yml").toString()));

        assertThat(read).contains("envelope-processor", "service_completed_successfully");
    }

    @Test
    void systemdTakesTheUnits(@TempDir Path directory) throws Exception {
        assumeThat(GoTool.works("systemd-analyze", "--version"))
                .as("systemd-analyze is there")
                .isTrue();
        List<String> units = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("deploy/systemd"))) {
            for (Path file :
                    (Iterable<Path>) files.filter(file -> file.toString().matches(".*\\.(service|target)"))::iterator) {
                // A program that is there, in place of one that is not installed.
                Path copy = directory.resolve(file.getFileName());
                Files.writeString(copy, Files.readString(file).replace("/opt/resentry/bin/resentry", "/bin/true"));
                units.add(copy.toString());
            }
        }
        List<String> verify = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
        verify.addAll(units);

        assertThat(GoTool.run(0, verify)).doesNotContain(directory.toString());
        for (String unit : units) {
            if (unit.endsWith(".service")) {
                assertThat(GoTool.run(
                                0, List.of("systemd-analyze", "security", "--offline=true", "--threshold=25", unit)))
                        .contains("Overall exposure level");
            }
        }
    }

    private static void assertConfined(String name, JsonNode pod) {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).as(name).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).as(name).isPositive();
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                .as(name)
                .isFalse();
        JsonNode container = pod.at("/containers/0");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .as(name)
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .as(name)
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop").toString())
                .as(name)
                .contains("ALL");
        assertThat(container.at("/resources/limits/memory").asString(""))
                .as(name)
                .isNotEmpty();
        assertThat(container.path("volumeMounts").toString()).as(name).contains("\"/tmp\"");
        assertThat(container.path("env").toString()).as(name).doesNotContain("PASSWORD", "SECRET_KEY");
    }

    private static void assertProbed(String name, JsonNode container) {
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.has(probe)).as("%s has a %s", name, probe).isTrue();
        }
        if (!name.endsWith("-proxy")) {
            assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asString()).isEqualTo("/health/ready");
        }
    }

    private static String helm() throws IOException, InterruptedException {
        Optional<String> helm = GoTool.find("helm", HELM);
        assumeThat(helm).as("helm is there or can be built").isPresent();
        return helm.orElseThrow();
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(Math.min(4, words.length), NEEDED);
        return command;
    }

    private static List<JsonNode> rendered(String... values) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(helm(), "template", "r", CHART));
        command.addAll(NEEDED);
        command.addAll(List.of(values));
        return Yaml.documents(GoTool.run(0, command));
    }

    private static JsonNode of(List<JsonNode> rendered, String kind, String name) {
        return rendered.stream()
                .filter(each -> each.path("kind").asString().equals(kind)
                        && each.at("/metadata/name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s in %s".formatted(kind, name, kinds(rendered))));
    }

    private static List<String> kinds(List<JsonNode> rendered) {
        return rendered.stream().map(each -> each.path("kind").asString()).toList();
    }
}
