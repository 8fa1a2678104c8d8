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
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.regroup.Regroup;
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

/** An event of a renamed program comes, its mapping after it, in a running processor. */
@Timeout(240)
class LateMappingsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Author ANN = new Author(1, "Ann", "ann@example.com");
    private static final UUID ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb17");
    private static final String MAPPING = """
            com.example.shop.CardDeclined -> o.b:
            com.example.shop.Checkout -> o.d:
            # {"id":"sourceFile","fileName":"Checkout.java"}
                8:8:void com.example.shop.Checkout.charge(java.lang.String):18:18 -> a
                8:8:void pay():11 -> a
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
    void anUploadGivesStoredFramesTheirNamesBackAndAnUndoingTakesThem() throws Exception {
        String stored = send();
        JsonNode renamed = event(stored);
        assertThat(renamed.at("/errors/0/type").asString()).isEqualTo("proguard_missing_mapping");

        upload();

        Regroup repair = await().atMost(PATIENCE)
                .until(
                        () -> regroups.list(1, Long.MAX_VALUE, 10).entries(),
                        found -> !found.isEmpty() && found.getFirst().state() == RegroupState.APPLIED)
                .getFirst();
        assertThat(repair.readableEvents()).isEqualTo(1);
        assertReadable(event(stored));
        assertThat(titleOf(stored)).startsWith("CardDeclined");
        String live = send();
        assertReadable(event(live));
        assertThat(issueOf(live)).as("grouped by the same names").isEqualTo(issueOf(stored));

        assertThat(new TransactionTemplate(new DataSourceTransactionManager(database))
                        .<Boolean>execute(
                                _ -> regroups.undo(regroups.find(repair.id()).orElseThrow(), ANN)))
                .isTrue();
        await().atMost(PATIENCE)
                .until(() -> regroups.find(repair.id()).orElseThrow().state() == RegroupState.UNDONE);
        assertThat(event(stored)).isEqualTo(renamed);
    }

    private static void assertReadable(JsonNode event) {
        JsonNode exception = event.at("/exception/values/0");
        assertThat(exception.path("type").asString()).isEqualTo("CardDeclined");
        assertThat(exception
                        .at("/stacktrace/frames")
                        .valueStream()
                        .map(frame -> frame.path("function").asString()))
                .containsExactly("pay", "charge");
    }

    private static void upload() {
        byte[] bytes = MAPPING.getBytes(UTF_8);
        Blob blob = Blob.of(Payload.of(bytes));
        processor.bean(BlobStore.class).put(List.of(blob));
        var file = new NewArtifact(
                ArtifactKind.PROGUARD, ID + ".txt", null, ID, null, blob.hash(), Sha1.of(bytes), bytes.length);
        var artifacts = new ArtifactStore(database, new DataSourceTransactionManager(database));
        assertThat(artifacts.addMapping(1, file, "ci")).isPresent();
    }

    /** Sends an event and waits until it is stored; its id. */
    private static String send() throws Exception {
        String id = UUID.randomUUID().toString();
        processor.send("""
                {"event_id":"%s"}
                {"type":"event"}
                {"platform":"java","release":"com.example.shop@1.4.0+7","debug_meta":{"images":[{"type":"proguard","uuid":"%s"}]},\
                "exception":{"values":[{"type":"b","module":"o","value":"no card","stacktrace":\
                {"frames":[{"module":"o.d","function":"a","filename":"SourceFile","lineno":8}]}}]}}
                """.formatted(id.replace("-", ""), ID));
        await().atMost(PATIENCE).until(() -> processor.count("events WHERE event_id = '%s'".formatted(id)) == 1);
        return id;
    }

    private static JsonNode event(String id) {
        return UntrustedJson.STORED.tree(text("SELECT payload::text FROM events WHERE event_id = '%s'".formatted(id)));
    }

    private static String titleOf(String id) {
        return text("SELECT title FROM events WHERE event_id = '%s'".formatted(id));
    }

    private static String issueOf(String id) {
        return text("SELECT issue_id::text FROM events WHERE event_id = '%s'".formatted(id));
    }

    private static String text(String query) {
        return processor.jdbc().sql(query).query(String.class).single();
    }
}
