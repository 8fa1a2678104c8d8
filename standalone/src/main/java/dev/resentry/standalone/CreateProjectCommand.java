package dev.resentry.standalone;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Adds a project to the running installation. */
@Command(name = "create-project", description = "Add a project and print its DSN.")
final class CreateProjectCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the project.")
    private String name = "";

    @Option(names = "--platform", description = "For instance java or node.")
    private @Nullable String platform;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public void run() {
        Instance instance = Instance.running(data.directory());
        Map<String, String> project = new HashMap<>(Map.of("name", name));
        if (platform != null) {
            project.put("platform", platform);
        }
        try (var api = new ApiClient()) {
            JsonNode made = api.post(instance, "/api/v1/projects/", project).require(201, "The project was not made");
            System.out.printf(
                    "Project %s (%s)%nDSN %s%n",
                    made.path("id"),
                    made.path("slug").asString(),
                    made.path("keys").path(0).path("dsn").asString());
        }
    }
}
