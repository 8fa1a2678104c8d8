package dev.resentry.query.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether what is generated and committed is what the code and the schema say; {@code docs/generate} writes it anew. */
class GeneratedDocsIT {
    private static final RunningApi API = RunningApi.shared();
    private static final Path ROOT = Path.of("..");
    private static final boolean WRITE = Boolean.getBoolean("resentry.docs.write");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/openapi.yaml",
                "docs/routes.md",
                "docs/models.md",
                "postman/resentry.postman_collection.json"
            })
    void isWhatTheCodeSays(String file) throws IOException {
        var document = new ApiDocument(API.get("/openapi.json").json());
        String wanted = switch (file) {
            case "docs/openapi.yaml" -> API.get("/openapi.yaml").text();
            case "docs/routes.md" -> RoutesPage.of(document);
            case "docs/models.md" -> new ModelsPage(API.database(), MigrationComments.read()).write();
            default -> new PostmanCollection(document).write();
        };
        Path committed = ROOT.resolve(file);
        if (WRITE) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, wanted);
        }

        assertThat(Files.exists(committed) ? Files.readString(committed, UTF_8) : "")
                .as(file + " is stale: run docs/generate and commit what it changes")
                .isEqualTo(wanted);
    }
}
