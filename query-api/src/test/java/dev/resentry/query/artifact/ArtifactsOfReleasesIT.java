package dev.resentry.query.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Artifacts one at a time, and what there is of a release (features, M4). */
@Timeout(120)
class ArtifactsOfReleasesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String MAP = """
            {"version": 3, "debugId": "85314830023f4cf1a267535f4e37bb17", "sources": ["a.ts"], "names": [], "mappings": "AAAA"}""";
    private static long project;

    @BeforeAll
    static void seed() {
        project = new StoredRows(API.database()).project("artifacts");
    }

    @Test
    void aSourceMapIsKeptWithItsNameChecksumAndDebugId() {
        String artifacts = artifactsOf("artifacts@1");

        Reply made = upload(artifacts, "app.js.map", MAP);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode artifact = made.json();
        assertThat(artifact.path("name").asString()).isEqualTo("app.js.map");
        assertThat(artifact.path("url").asString()).isEqualTo("~/app.js.map");
        assertThat(artifact.path("kind").asString()).isEqualTo("source_map");
        assertThat(artifact.path("checksum").asString()).isEqualTo(Bundle.sha1(MAP.getBytes(UTF_8)));
        assertThat(artifact.path("debug_id").asString()).isEqualTo("85314830-023f-4cf1-a267-535f4e37bb17");
        assertThat(artifact.path("created_by").asString()).isEqualTo("admin@localhost");
        assertThat(API.get(artifacts).json().path("results")).hasSize(1);
    }

    @Test
    void aFileOfTheSameNameTakesThePlaceOfTheOneBefore() {
        String artifacts = artifactsOf("artifacts@2");
        upload(artifacts, "app.js", "first();");

        upload(artifacts, "app.js", "second();");

        JsonNode listed = API.get(artifacts).json().path("results");
        assertThat(listed).hasSize(1);
        assertThat(API.get("/api/v1/artifacts/%d/content"
                                .formatted(listed.path(0).path("id").asLong()))
                        .text())
                .isEqualTo("second();");
    }

    @Test
    void aTextAndAFunctionMapComeAsJson() {
        String artifacts = artifactsOf("artifacts@3");

        Reply text = API.post(artifacts, "{\"name\": \"~/a/app.js\", \"content\": \"app();\"}");
        Reply functions = API.post(artifacts, "{\"name\": \"app.js\", \"function_map\": {\"t\": \"checkout\"}}");

        assertThat(text.status()).as(text.text()).isEqualTo(201);
        assertThat(text.json().path("url").asString()).isEqualTo("~/a/app.js");
        assertThat(functions.json().path("kind").asString()).isEqualTo("function_map");
        assertThat(API.get("/api/v1/artifacts/%d/content"
                                .formatted(functions.json().path("id").asLong()))
                        .text())
                .isEqualTo("{\"t\":\"checkout\"}");
    }

    @Test
    void whatIsNoArtifactIsRefusedInWords() {
        String artifacts = artifactsOf("artifacts@4");

        assertThat(upload(artifacts, "app.js.map", "{\"version\": 2}")
                        .json()
                        .path("message")
                        .asString())
                .isEqualTo("file: 'app.js.map' is no source map of version 3");
        assertThat(API.post(artifacts, "{\"name\": \"app.js\"}")
                        .json()
                        .path("message")
                        .asString())
                .isEqualTo("content: expected: either content or function_map");
        assertThat(API.post(artifacts, "{\"name\": \"app.js\", \"function_map\": []}")
                        .status())
                .isEqualTo(400);
        for (String kind : List.of("\"content\": \"\"", "\"function_map\": {}")) {
            assertThat(API.post(artifacts, "{\"name\": \"a\\u0000b.js\", %s}".formatted(kind))
                            .json()
                            .path("message")
                            .asString())
                    .isEqualTo("name: a control character is in it (expected: none)");
            assertThat(API.post(artifacts, "{\"name\": \"%s\", %s}".formatted("ü".repeat(800), kind))
                            .json()
                            .path("message")
                            .asString())
                    .isEqualTo("name: 1602 bytes (expected: at most 1500)");
        }
        assertThat(API.post("/api/releases/987654321/artifacts/", "{\"name\": \"a\", \"content\": \"\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anArtifactIsDeletedAndTheDeletionRecorded() {
        String artifacts = artifactsOf("artifacts@5");
        long id = upload(artifacts, "app.js", "app();").json().path("id").asLong();

        assertThat(API.delete("/api/v1/artifacts/" + id).status()).isEqualTo(204);

        assertThat(API.get(artifacts).json().path("results")).isEmpty();
        assertThat(API.get("/api/v1/artifacts/%d/content".formatted(id)).status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/audit-log?action=artifact.deleted")
                        .json()
                        .at("/results/0/object_name")
                        .asString())
                .isEqualTo("app.js");
    }

    @Test
    void aFileForWhichThereIsNoRoomInMemoryIsToBeSentAndFetchedLater() {
        String artifacts = artifactsOf("artifacts@6");
        String content = "/api/v1/artifacts/%d/content"
                .formatted(
                        upload(artifacts, "app.js", "app();").json().path("id").asLong());
        String files = "/api/0/organizations/default/releases/artifacts@6/files/";

        try (FileMemory.Room _ = API.bean(FileMemory.class).take(Long.MAX_VALUE)) {
            Reply api = upload(artifacts, "other.js", "other();");
            assertThat(api.status()).isEqualTo(503);
            assertThat(api.header("Retry-After")).isEqualTo("5");
            assertThat(api.json().path("message").asString())
                    .startsWith("There is no room in memory for a file of 8 bytes");
            Reply tools = upload(files, "other.js", "other();");
            assertThat(tools.status()).isEqualTo(503);
            assertThat(tools.header("Retry-After")).isEqualTo("5");
            assertThat(API.get(content).status()).isEqualTo(503);
        }

        assertThat(upload(artifacts, "other.js", "other();").status()).isEqualTo(201);
        assertThat(upload(files, "third.js", "third();").status()).isEqualTo(201);
        assertThat(API.get(content).text()).isEqualTo("app();");
    }

    private static String artifactsOf(String version) {
        long release = API.post(
                        "/api/v1/projects/%d/releases".formatted(project), "{\"version\": \"%s\"}".formatted(version))
                .json()
                .path("id")
                .asLong();
        return "/api/releases/%d/artifacts/".formatted(release);
    }

    private static Reply upload(String artifacts, String name, String content) {
        return RunningApi.exchange(new Multipart()
                .file("file", name, content.getBytes(UTF_8))
                .post(HttpRequest.newBuilder(API.uri(artifacts)).header("Authorization", "Bearer " + API.token())));
    }
}
