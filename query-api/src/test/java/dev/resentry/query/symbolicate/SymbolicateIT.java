package dev.resentry.query.symbolicate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Payload;
import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.storage.artifact.ArtifactKind;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.NewArtifact;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.JsonNode;

class SymbolicateIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final String PROJECT = "symbolicated";
    private static final String MAP = """
            {"version": 3, "sources": ["webpack://shop/./src/pay.js"], "names": ["pay"], "mappings": "AAAA,UAEIA",
             "sourcesContent": ["run();\\n\\nif (x) pay();\\n"]}
            """;

    private static final UUID DEBUG_ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb18");

    private static final UUID MAPPING_ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb19");

    /** As R8 writes them. */
    private static final String MAPPING = """
            # {"id":"com.android.tools.r8.mapping","version":"2.2"}
            com.example.shop.CardDeclined -> o.b:
            # {"id":"sourceFile","fileName":"CardDeclined.java"}
                1:1:void <init>(java.lang.String):7:7 -> <init>
            com.example.shop.Checkout -> o.d:
            # {"id":"sourceFile","fileName":"Checkout.java"}
                8:8:void charge(java.lang.String):18:18 -> a
            com.example.shop.Shop -> com.example.shop.Shop:
            # {"id":"sourceFile","fileName":"Shop.java"}
                2:3:void com.example.shop.Checkout.pay(java.lang.String[]):11:12 -> main
                2:3:void main(java.lang.String[]):8 -> main
            """;

    private static long project;

    @BeforeAll
    static void upload() {
        project = ROWS.project(PROJECT);
        DataSource database = API.bean(DataSource.class);
        byte[] map = MAP.getBytes(UTF_8);
        Blob blob = Blob.of(Payload.of(map));
        API.bean(BlobStore.class).put(List.of(blob));
        var artifacts = new ArtifactStore(database, new DataSourceTransactionManager(database));
        byte[] mapping = MAPPING.getBytes(UTF_8);
        Blob mappingBlob = Blob.of(Payload.of(mapping));
        API.bean(BlobStore.class).put(List.of(mappingBlob));
        artifacts.addMapping(
                project,
                new NewArtifact(
                        ArtifactKind.PROGUARD,
                        MAPPING_ID + ".txt",
                        null,
                        MAPPING_ID,
                        null,
                        mappingBlob.hash(),
                        Sha1.of(mapping),
                        mapping.length),
                "ann@example.com");
        artifacts.addFile(
                project,
                "shop@1",
                null,
                new NewArtifact(
                        ArtifactKind.SOURCE_MAP,
                        "app.js.map",
                        "~/static/app.js.map",
                        DEBUG_ID,
                        null,
                        blob.hash(),
                        Sha1.of(map),
                        map.length),
                "ann@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error: no card\\n    at t (https://shop.example/static/app.js:1:11)\\n    at https://shop.example/static/app.js:1:1",
                "t@https://shop.example/static/app.js:1:11\\n@https://shop.example/static/app.js:1:1",
                "t@https://shop.example/static/app.js:1:11\\nhttps://shop.example/static/app.js:1:1",
            })
    void makesTheStackOfAnyBrowserReadable(String stack) {
        JsonNode frames = API.post(
                        "/api/symbolicate/",
                        "{\"project\": \"%s\", \"release\": \"shop@1\", \"environment\": \"production\", \"stack\": \"%s\"}"
                                .formatted(PROJECT, stack))
                .json()
                .path("frames");

        assertThat(frames).hasSize(2);
        JsonNode crash = frames.get(0);
        assertThat(crash.path("symbolicated").asBoolean()).isTrue();
        assertThat(crash.path("function").asString()).isEqualTo("t");
        assertThat(crash.path("orig_file").asString()).isEqualTo("./src/pay.js");
        assertThat(crash.path("orig_line").asInt()).isEqualTo(3);
        assertThat(crash.path("orig_column").asInt()).isEqualTo(5);
        assertThat(crash.path("context_line").asString()).isEqualTo("if (x) pay();");
        assertThat(frames.get(1).path("orig_line").asInt()).isEqualTo(1);
    }

    @Test
    void makesFramesReadableByTheNamesOfSdksToo() {
        JsonNode frames =
                API.post("/api/symbolicate", """
                        {"project": "%d", "release": "shop@1", "frames": [
                            {"file": "https://shop.example/static/app.js?v=1", "line": 1, "column": 1, "function": "t"},
                            {"abs_path": "app:///static/app.js", "lineno": 1, "colno": 11},
                            {"filename": "https://shop.example/lost.js", "lineno": 1, "colno": 1}]}
                        """.formatted(project)).json().path("frames");

        assertThat(frames.get(0).path("orig_line").asInt()).isEqualTo(1);
        assertThat(frames.get(1).path("orig_line").asInt()).isEqualTo(3);
        assertThat(frames.get(2).path("symbolicated").asBoolean()).isFalse();
        assertThat(frames.get(2).path("problem").asString()).isEqualTo("js_missing_source");
        assertThat(frames.get(2).path("reason").asString()).startsWith("Release shop@1 has no file ~/lost.js.");
    }

    /** As an event's frames are, with all that SDKs put into them. */
    @Test
    void takesTheFramesOfAnSdkAsTheyAre() {
        JsonNode frames = API.post("/api/symbolicate/", """
                        {"project": "%s", "release": "shop@1", "frames": [
                            {"filename": "/static/app.js", "abs_path": "https://shop.example/static/app.js", "function": "t", "lineno": 1,
                             "colno": 11, "in_app": true, "module": "static/app", "context_line": "{snip}", "pre_context": [], "vars": {}},
                            {"abs_path": "https://shop.example/static/built.js", "lineno": 1, "colno": 11, "in_app": false},
                            {"filename": "[native code]", "function": "forEach"}],
                         "debug_meta": {"images": [{"type": "sourcemap", "code_file": "https://shop.example/static/built.js",
                                                    "debug_id": "%s", "image_size": 3}], "sdk_info": {}}}
                        """.formatted(PROJECT, DEBUG_ID))
                .json()
                .path("frames");

        assertThat(frames.at("/0/file").asString()).isEqualTo("https://shop.example/static/app.js");
        assertThat(frames.at("/0/orig_line").asInt()).isEqualTo(3);
        assertThat(frames.at("/0/in_app").asBoolean()).isTrue();
        assertThat(frames.at("/1/orig_line").asInt()).isEqualTo(3);
        assertThat(frames.at("/1/resolved_with").asString()).isEqualTo("debug-id");
        assertThat(frames.at("/2/symbolicated").asBoolean()).isFalse();
        assertThat(frames.at("/2/function").asString()).isEqualTo("forEach");
    }

    /** As {@code printStackTrace} writes it, or as the frames of an SDK's event are: the oldest first. */
    @Test
    void givesFramesOfJavaTheirNamesBackByAMapping() {
        String images =
                "\"debug_meta\": {\"images\": [{\"type\": \"proguard\", \"uuid\": \"%s\"}]}".formatted(MAPPING_ID);
        String stack = "o.b: no card\\n\\tat o.d.a(SourceFile:8)\\n\\tat com.example.shop.Shop.main(SourceFile:3)"
                + "\\n\\tat java.base/java.lang.Thread.run(Thread.java:1474)";

        JsonNode text = API.post(
                        "/api/symbolicate/",
                        "{\"project\": \"%s\", %s, \"stack\": \"%s\"}".formatted(PROJECT, images, stack))
                .json()
                .path("frames");
        JsonNode frames = API.post("/api/symbolicate/", """
                        {"project": "%s", %s, "frames": [
                            {"module": "com.example.shop.Shop", "function": "main", "filename": "SourceFile", "lineno": 3},
                            {"module": "o.d", "function": "a", "filename": "SourceFile", "lineno": 8, "in_app": true}]}
                        """.formatted(PROJECT, images))
                .json()
                .path("frames");

        assertThat(text.valueStream().map(SymbolicateIT::original))
                .containsExactly(
                        "com.example.shop.Checkout.charge:18 (Checkout.java)",
                        "com.example.shop.Checkout.pay:12 (Checkout.java)",
                        "com.example.shop.Shop.main:8 (Shop.java)",
                        "- of java.lang.Thread");
        assertThat(text.at("/0/module").asString()).isEqualTo("o.d");
        assertThat(text.at("/0/resolved_with").asString()).isEqualTo("proguard");
        assertThat(text.at("/0/sourcemap").asString()).isEqualTo(MAPPING_ID.toString());
        assertThat(text.at("/3/symbolicated").asBoolean()).isFalse();
        assertThat(text.at("/3/reason").asString()).isEqualTo("The mapping knows no class of this name.");
        assertThat(frames.valueStream().map(SymbolicateIT::original))
                .containsExactly(
                        "com.example.shop.Shop.main:8 (Shop.java)",
                        "com.example.shop.Checkout.pay:12 (Checkout.java)",
                        "com.example.shop.Checkout.charge:18 (Checkout.java)");
        assertThat(frames.at("/2/in_app").asBoolean()).isTrue();
    }

    @Test
    void anExceptionHasTwentyCausesAtMost() {
        String request = """
                {"project": "%s", "debug_meta": {"images": [{"type": "proguard", "uuid": "%s"}]}, "stack": "%s"}
                """;
        String cause = "Caused by: o.b: no card\\n\\tat o.d.a(SourceFile:8)\\n";

        Reply most = API.post("/api/symbolicate", request.formatted(PROJECT, MAPPING_ID, cause.repeat(20)));
        Reply more = API.post("/api/symbolicate", request.formatted(PROJECT, MAPPING_ID, cause.repeat(21)));

        assertThat(most.json().path("frames").valueStream().map(SymbolicateIT::original))
                .hasSize(20)
                .containsOnly("com.example.shop.Checkout.charge:18 (Checkout.java)");
        assertThat(more.status()).isEqualTo(400);
        assertThat(more.text()).contains("21 exceptions (expected: 20 at most)");
    }

    @Test
    void saysOfAMappingThatIsNotThereWhatToDo() {
        UUID unknown = UUID.randomUUID();
        String request =
                "{\"project\": \"%s\", \"debug_meta\": {\"images\": [{\"type\": \"proguard\", \"uuid\": \"%s\"}]}, %s}";

        JsonNode frame = API.post(
                        "/api/symbolicate",
                        request.formatted(PROJECT, unknown, "\"stack\": \"at o.d.a(SourceFile:8)\""))
                .json()
                .at("/frames/0");

        assertThat(frame.path("problem").asString()).isEqualTo("proguard_missing_mapping");
        assertThat(frame.path("reason").asString()).contains("upload-proguard --uuid " + unknown);
        assertThat(API.post(
                                "/api/symbolicate",
                                request.formatted(PROJECT, unknown, "\"frames\": [{\"function\": \"a\"}]"))
                        .text())
                .contains("frames[0].module", "expected: the class with its package");
    }

    private static String original(JsonNode frame) {
        return frame.path("symbolicated").asBoolean()
                ? "%s.%s:%d (%s)"
                        .formatted(
                                frame.path("orig_module").asString(),
                                frame.path("orig_function").asString(),
                                frame.path("orig_line").asInt(),
                                frame.path("orig_file").asString())
                : "- of " + frame.path("module").asString();
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertThat(API.post("/api/symbolicate", """
                        {"project": "%s", "frames": [{"file": "a.js", "line": 1}, {"lineno": 1, "colno": 1}]}
                        """.formatted(PROJECT)).text())
                .contains("frames[1].file", "expected: file, abs_path or filename");
        assertThat(API.post("/api/symbolicate", """
                        {"project": "%s", "frames": [{"file": "a.js", "line": 1, "debug_id": "no"}]}
                        """.formatted(PROJECT)).text())
                .contains("frames[0].debug_id", "expected: a UUID");
        assertThat(API.post("/api/symbolicate", "{\"project\": \"%s\"}".formatted(PROJECT)))
                .satisfies(reply -> assertThat(reply.status()).isEqualTo(400))
                .extracting(Reply::text)
                .asString()
                .contains("either frames or a stack is expected");
        assertThat(API.post("/api/symbolicate", "{\"project\": \"nobody\", \"stack\": \"\"}")
                        .status())
                .isEqualTo(404);
        assertThat(API.post(checkFrame(), "{\"url\": \"a.js\", \"line\": 0, \"column\": 1}")
                        .json()
                        .at("/details/line")
                        .isMissingNode())
                .isFalse();
        assertThat(API.post(checkFrame(), "{\"url\": \"a.js\", \"line\": 1, \"column\": 1, \"debug_id\": \"no\"}")
                        .text())
                .contains("expected: a UUID");
    }

    @Test
    void saysOfAFrameUnderWhichNamesItsMapWasLookedForAndWhatWasFound() {
        JsonNode found = API.post(checkFrame(), """
                        {"url": "https://shop.example/static/app.js", "line": 1, "column": 11, "release": "shop@1"}
                        """).json();
        JsonNode missing = API.post(checkFrame(), """
                        {"url": "https://shop.example/b.js", "line": 1, "column": 1, "release": "shop@1",
                         "debug_id": "85314830023F4CF1A267535F4E37BB17"}
                        """).json();

        assertThat(found.path("sourcemap").asString()).isEqualTo("app.js.map");
        assertThat(found.path("resolved_with").asString()).isEqualTo("release");
        assertThat(found.path("orig_file").asString()).isEqualTo("./src/pay.js");
        assertThat(missing.path("symbolicated").asBoolean()).isFalse();
        assertThat(missing.path("looked_for").valueStream().map(JsonNode::asString))
                .startsWith("debug id 85314830-023f-4cf1-a267-535f4e37bb17", "https://shop.example/b.js", "~/b.js")
                .contains("~/b.js.map");
    }

    @Test
    void eventsTellTheOriginalPlaceByBothNames() {
        Instant at = Instant.now();
        long issue = ROWS.issue(project, "Title", at, "unresolved");
        UUID envelope = ROWS.envelope(project, at, "envelope", null, new byte[] {1});
        UUID id = ROWS.event(project, issue, envelope, at, """
                {"exception": {"values": [{"type": "E", "stacktrace": {"frames": [
                    {"filename": "./src/pay.js", "function": "pay", "lineno": 3, "colno": 5, "data": {"symbolicated": true}},
                    {"filename": "/static/b.js", "function": "t", "lineno": 1, "colno": 1}]}}]}}
                """);

        JsonNode frames = API.get("/api/events/%s/".formatted(StoredRows.hex(id)))
                .json()
                .at("/exception/values/0/stacktrace/frames");

        assertThat(frames.at("/0/orig_file").asString()).isEqualTo("./src/pay.js");
        assertThat(frames.at("/0/orig_line").asInt()).isEqualTo(3);
        assertThat(frames.at("/0/orig_column").asInt()).isEqualTo(5);
        assertThat(frames.at("/0/orig_function").asString()).isEqualTo("pay");
        assertThat(frames.get(1).has("orig_file")).isFalse();
    }

    private static String checkFrame() {
        return "/api/v1/projects/%d/check-frame".formatted(project);
    }
}
