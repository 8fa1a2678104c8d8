package dev.resentry.processor.symbolicate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.project.ProjectId;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.artifact.ArtifactKind;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.NewArtifact;
import dev.resentry.storage.artifact.NewBundle;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.JsonNode;

/** Events of minified code are stored readable, and grouped as what they come from. */
@Timeout(180)
class SymbolicationIT {
    private static final UUID DEBUG_ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb17");

    private static RunningProcessor processor;
    private static ArtifactStore artifacts;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
        DataSource database = processor.bean(DataSource.class);
        artifacts = new ArtifactStore(database, new DataSourceTransactionManager(database));
        // Two builds of the same code: the crash is at 1:1 of the first one and at 1:21 of the second one.
        artifacts.addFile(1, "shop@1", null, file(ArtifactKind.SOURCE_MAP, "~/a/app.js.map", null, map("AAEA")), "ann");
        artifacts.addFile(
                1,
                "shop@1",
                null,
                file(ArtifactKind.MINIFIED_SOURCE, "~/a/app.js", null, "t();\n//# sourceMappingURL=app.js.map"),
                "ann");
        artifacts.addBundle(
                List.of(1L),
                new NewBundle(
                        UUID.randomUUID(),
                        Sha1.of("bundle".getBytes(UTF_8)),
                        null,
                        null,
                        1,
                        List.of(file(ArtifactKind.SOURCE_MAP, "~/b/app.js.map", DEBUG_ID, map("AAAA,oBAEA"))),
                        "ann"));
        await("the processor knows that the project has artifacts")
                .atMost(Duration.ofSeconds(30))
                .until(() -> processor
                        .bean(ArtifactQueries.class)
                        .newest(new ProjectId(1))
                        .isPresent());
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void anEventOfMinifiedCodeIsStoredReadable() throws Exception {
        JsonNode event = stored(event("shop@1", "https://shop.example/a/app.js", "t", 1, ""));

        JsonNode frame = event.at("/exception/values/0/stacktrace/frames/0");
        assertThat(frame.path("filename").asString()).isEqualTo("./src/pay.js");
        assertThat(frame.path("lineno").asInt()).isEqualTo(3);
        assertThat(frame.path("function").asString()).isEqualTo("pay");
        assertThat(frame.path("context_line").asString()).isEqualTo("  return card.number;");
        assertThat(frame.at("/data/resolved_with").asString()).isEqualTo("release");
        assertThat(event.at("/exception/values/0/raw_stacktrace/frames/0/function")
                        .asString())
                .isEqualTo("t");
        assertThat(event.has("errors")).isFalse();
    }

    @Test
    void eventsOfTwoBuildsAreOneIssue() throws Exception {
        String images =
                ",\"debug_meta\":{\"images\":[{\"type\":\"sourcemap\",\"code_file\":\"https://shop.example/b/app.js\","
                        + "\"debug_id\":\"" + DEBUG_ID.toString().toUpperCase(Locale.ROOT) + "\"}]}";

        JsonNode first = stored(event("shop@1", "https://shop.example/a/app.js", "t", 1, ""));
        JsonNode second = stored(event("shop@2", "https://shop.example/b/app.js", "xy", 21, images));

        assertThat(second.at("/exception/values/0/stacktrace/frames/0/data/resolved_with")
                        .asString())
                .isEqualTo("debug-id");
        assertThat(issueOf(second)).isEqualTo(issueOf(first));
    }

    @Test
    void theEventSaysWhichMapIsMissing() throws Exception {
        JsonNode event = stored(event("shop@1", "https://shop.example/c/app.js?v=1", "t", 1, ""));

        assertThat(event.at("/exception/values/0/stacktrace/frames/0/function").asString())
                .isEqualTo("t");
        assertThat(event.at("/errors/0/type").asString()).isEqualTo("js_missing_source");
        assertThat(event.at("/errors/0/reason").asString())
                .isEqualTo(
                        "Release shop@1 has no file ~/c/app.js. Upload the file and its source map under that name, or with"
                                + " debug ids.");
    }

    private static NewArtifact file(ArtifactKind kind, String url, @Nullable UUID debugId, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        Blob blob = Blob.of(Payload.of(bytes));
        processor.bean(BlobStore.class).put(List.of(blob));
        return new NewArtifact(kind, url, url, debugId, null, blob.hash(), Sha1.of(bytes), bytes.length);
    }

    private static String map(String mappings) {
        return """
                {"version": 3, "sources": ["webpack://shop/./src/pay.js"], "names": [], "mappings": "%s",
                 "sourcesContent": ["function pay(card) {\\n  check(card);\\n  return card.number;\\n}\\n"]}
                """.formatted(mappings);
    }

    private static String event(String release, String url, String function, int column, String more) {
        return """
                {"platform":"javascript","release":"%s","exception":{"values":[{"type":"TypeError","value":"no card",\
                "stacktrace":{"frames":[{"abs_path":"%s","function":"%s","lineno":1,"colno":%d,"in_app":true}]}}]}%s}\
                """.formatted(release, url, function, column, more);
    }

    /** An event as it is stored. */
    private static JsonNode stored(String event) throws Exception {
        String id = UUID.randomUUID().toString();
        processor.send("{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n%s\n".formatted(id.replace("-", ""), event));
        String events = "events WHERE event_id = '%s'".formatted(id);
        await().atMost(Duration.ofSeconds(60)).until(() -> processor.count(events) == 1);
        return UntrustedJson.STORED.tree(processor
                .jdbc()
                .sql("SELECT payload::text FROM " + events)
                .query(String.class)
                .single());
    }

    private static long issueOf(JsonNode event) {
        return processor
                .jdbc()
                .sql("SELECT issue_id FROM events WHERE payload->>'event_id' = :id")
                .param("id", event.path("event_id").asString())
                .query(Long.class)
                .single();
    }
}
