package dev.resentry.processor.regroup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.artifact.ArtifactKind;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.NewArtifact;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.regroup.Regroup;
import dev.resentry.storage.regroup.RegroupCause;
import dev.resentry.storage.regroup.RegroupState;
import dev.resentry.storage.regroup.RegroupStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** An event comes minified, its source map after it, in a running processor. */
@Timeout(240)
class LateSourceMapsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Author ANN = new Author(1, "Ann", "ann@example.com");
    private static final String MAP = """
            {"version": 3, "sources": ["webpack://shop/./src/pay.js"], "names": [], "mappings": "AAEA",
             "sourcesContent": ["function pay(card) {\\n  check(card);\\n  return card.number;\\n}\\n"]}
            """;

    private static RunningProcessor processor;
    private static DataSource database;
    private static RegroupStore regroups;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
        database = processor.bean(DataSource.class);
        regroups = new RegroupStore(processor.jdbc(), processor.bean(JobStore.class));
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void anUploadMakesWhatIsStoredReadableInItsIssueAndAnUndoingBringsItBack() throws Exception {
        String first = send("shop@1");
        String other = send("shop@2");
        JsonNode minified = event(first);
        long issue = issueOf(first);
        String culprit = culpritOf(issue);
        new IssueActivityStore(database, new DataSourceTransactionManager(database)).comment(issue, "seen it", ANN);
        assertThat(frame(minified).path("function").asString()).isEqualTo("t");
        assertThat(needsOf(first)).isEqualTo("true");

        upload("shop@1");

        Regroup repair = await().atMost(PATIENCE)
                .until(
                        () -> regroups.list(1, Long.MAX_VALUE, 10).entries(),
                        found -> !found.isEmpty() && found.getFirst().state() == RegroupState.APPLIED)
                .getFirst();
        assertThat(repair.cause()).isEqualTo(RegroupCause.SOURCE_MAPS);
        assertThat(repair.releases()).containsExactly("shop@1");
        assertThat(repair.readableEvents()).isEqualTo(1);
        JsonNode readable = event(first);
        assertThat(frame(readable).path("filename").asString()).isEqualTo("./src/pay.js");
        assertThat(frame(readable).path("function").asString()).isEqualTo("pay");
        assertThat(frame(readable).path("lineno").asInt()).isEqualTo(3);
        assertThat(frame(readable).path("context_line").asString()).isEqualTo("  return card.number;");
        assertThat(needsOf(first)).isEqualTo("false");
        assertThat(needsOf(other)).as("of another release").isEqualTo("true");
        assertThat(issueOf(first)).isEqualTo(issue);
        assertThat(culpritOf(issue)).isNotEqualTo(culprit);
        assertThat(comments(issue)).containsExactly("seen it");

        String live = send("shop@1");
        assertThat(issueOf(live)).as("the next one falls into it").isEqualTo(issue);

        assertThat(new TransactionTemplate(new DataSourceTransactionManager(database))
                        .<Boolean>execute(
                                _ -> regroups.undo(regroups.find(repair.id()).orElseThrow(), ANN)))
                .isTrue();
        await().atMost(PATIENCE)
                .until(() -> regroups.find(repair.id()).orElseThrow().state() == RegroupState.UNDONE);
        assertThat(event(first)).isEqualTo(minified);
        assertThat(needsOf(first)).isEqualTo("true");
        assertThat(issueOf(first)).isEqualTo(issue);
        assertThat(culpritOf(issue)).isEqualTo(culprit);
        assertThat(comments(issue)).containsExactly("seen it");
    }

    private static void upload(String release) {
        byte[] bytes = MAP.getBytes(UTF_8);
        Blob blob = Blob.of(Payload.of(bytes));
        processor.bean(BlobStore.class).put(List.of(blob));
        var file = new NewArtifact(
                ArtifactKind.SOURCE_MAP,
                "~/a/app.js.map",
                "~/a/app.js.map",
                null,
                null,
                blob.hash(),
                Sha1.of(bytes),
                bytes.length);
        var artifacts = new ArtifactStore(database, new DataSourceTransactionManager(database));
        assertThat(artifacts.addFile(1, release, null, file, "ci")).isPresent();
    }

    /** Sends an event and waits until it is stored; its id. */
    private static String send(String release) throws Exception {
        String id = UUID.randomUUID().toString();
        processor.send("""
                {"event_id":"%s"}
                {"type":"event"}
                {"platform":"javascript","release":"%s","exception":{"values":[{"type":"TypeError","value":"no card","stacktrace":\
                {"frames":[{"abs_path":"https://shop.example/a/app.js","function":"t","lineno":1,"colno":1,"in_app":true}]}}]}}
                """.formatted(id.replace("-", ""), release));
        await().atMost(PATIENCE).until(() -> processor.count("events WHERE event_id = '%s'".formatted(id)) == 1);
        return id;
    }

    private static JsonNode event(String id) {
        return UntrustedJson.STORED.tree(text("SELECT payload::text FROM events WHERE event_id = '%s'".formatted(id)));
    }

    private static JsonNode frame(JsonNode event) {
        return event.at("/exception/values/0/stacktrace/frames/0");
    }

    private static long issueOf(String id) {
        return Long.parseLong(text("SELECT issue_id::text FROM events WHERE event_id = '%s'".formatted(id)));
    }

    private static String needsOf(String id) {
        return text("SELECT needs_source_maps::text FROM events WHERE event_id = '%s'".formatted(id));
    }

    private static String culpritOf(long issue) {
        return text("SELECT coalesce(culprit, '') FROM issues WHERE id = %d".formatted(issue));
    }

    private static List<String> comments(long issue) {
        return processor
                .jdbc()
                .sql("SELECT data ->> 'text' FROM issue_activities WHERE issue_id = :issue AND kind = 'comment'")
                .param("issue", issue)
                .query(String.class)
                .list();
    }

    private static String text(String query) {
        return processor.jdbc().sql(query).query(String.class).single();
    }
}
