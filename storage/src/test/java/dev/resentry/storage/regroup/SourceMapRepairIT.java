package dev.resentry.storage.regroup;

import static dev.resentry.storage.regroup.RegroupedPast.ANN;
import static dev.resentry.storage.regroup.RegroupedPast.STRATEGY;
import static dev.resentry.storage.rollup.RollupDatabase.hash;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.storage.artifact.ArtifactKind;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.MissingSourceMaps;
import dev.resentry.storage.artifact.NewArtifact;
import dev.resentry.storage.artifact.NewBundle;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.blob.BlobHash;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.Said;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Uploads that come after the events that they fit, on a real database, step by step. */
@Timeout(180)
class SourceMapRepairIT {
    private static final UUID DEBUG_ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb17");

    private static RegroupedPast past;
    private static ArtifactStore artifacts;

    @BeforeAll
    static void start() {
        past = new RegroupedPast();
        artifacts = new ArtifactStore(past.database.pool, new DataSourceTransactionManager(past.database.pool));
    }

    @AfterAll
    static void stop() {
        past.close();
    }

    /** Two kinds that minifying tells apart are kind 1; another one is kind 2. All are of release 1.0. */
    @BeforeEach
    void store() {
        past.empty();
        past.store(21, 40, 0, 4);
        past.store(22, 30, 2, 3);
        past.store(23, 5, 5, 1);
        past.store(3, 2, 6, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsStoredBecomesReadableInTheIssueThatItIsInWhoeverDidTheSteps(boolean runnersDie) {
        long issue = past.issueOf(21);
        new IssueActivityStore(past.database.pool, new DataSourceTransactionManager(past.database.pool))
                .comment(issue, "seen it", ANN);
        past.database.jdbc.sql("UPDATE issues SET status = 'ignored'").update();
        past.database.jdbc.sql("TRUNCATE events_outbox").update();
        past.sourceMaps.putAll(Map.of(21, 1, 22, 1, 23, 2));

        upload("1.0", null);
        if (runnersDie) {
            past.step();
            past.finishJobsByRunnersThatDie(only());
        }
        past.finishJobs();

        Regroup repair = only();
        assertThat(repair.state()).isEqualTo(RegroupState.APPLIED);
        assertThat(repair.cause()).isEqualTo(RegroupCause.SOURCE_MAPS);
        assertThat(repair.releases()).containsExactly("1.0");
        assertThat(repair.readableEvents()).isEqualTo(75);
        assertThat(repair.createdBy()).isEqualTo("ci");
        assertThat(past.filed()).containsExactly("1x70", "2x5", "3x2");
        assertThat(past.database.texts("SELECT title || ' ' || coalesce(culprit, '-') FROM issues ORDER BY id"))
                .containsExactly("Kind 1 kind1.ts", "Kind 2 kind2.ts", "Kind 3 -");
        assertThat(past.database.texts("SELECT DISTINCT culprit FROM events WHERE issue_id = " + issue))
                .containsExactly("kind1.ts");
        assertThat(past.database.texts("SELECT event_id::text FROM events WHERE needs_source_maps"))
                .isEmpty();
        past.assertCountedExactly();
        assertThat(past.database.texts("SELECT id || status FROM issues ORDER BY id"))
                .first()
                .isEqualTo(issue + "ignored");
        assertThat(past.database.texts(
                        "SELECT kind FROM issue_activities WHERE issue_id = %d ORDER BY id".formatted(issue)))
                .containsExactly("comment", "regroup");
        assertThat(past.database.texts("SELECT value FROM events_outbox WHERE value LIKE '%\"live\"%'"))
                .as("nothing alerts")
                .isEmpty();
        past.store(1, 1, 9, 1);
        assertThat(past.filed()).containsExactly("1x71", "2x5", "3x2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUndoingBringsBackWhatWas(boolean runnersDie) {
        Map<String, List<String>> before = past.rows();
        past.sourceMaps.putAll(Map.of(21, 1, 22, 1, 23, 2));
        upload("1.0", null);
        past.finishJobs();
        Regroup repair = only();
        assertThat(repair.canBeUndone()).isTrue();

        past.startUndoing(repair);
        if (runnersDie) {
            past.finishJobsByRunnersThatDie(repair);
        }
        past.finishJobs();

        assertThat(past.find(repair).state()).isEqualTo(RegroupState.UNDONE);
        Map<String, List<String>> after = past.rows();
        for (String table : before.keySet()) {
            if (!List.of("events_outbox", "issue_activities").contains(table)) {
                assertThat(after.get(table)).as(table).isEqualTo(before.get(table));
            }
        }
    }

    @Test
    void anUndoingLeavesWhatAnEventWantsThatHasNoPayloadAnyMore() {
        past.sourceMaps.putAll(Map.of(21, 1, 22, 1));
        upload("1.0", null);
        past.finishJobs();
        past.database
                .jdbc
                .sql("UPDATE events SET payload_kept = false WHERE payload ->> 'was' = '22'")
                .update();

        past.undo(only());

        assertThat(past.database.texts("""
                        SELECT payload_kept || ' ' || needs_source_maps || ' ' || count(*)
                        FROM events GROUP BY payload_kept, needs_source_maps ORDER BY 1
                        """)).containsExactly("false false 30", "true false 2", "true true 45");
    }

    @Test
    void anUndoingOfRulesDoesNotSayWhatEventsWant() {
        Regroup applied = past.apply(past.preview("21=9"));
        past.database
                .jdbc
                .sql("UPDATE events SET needs_source_maps = false WHERE payload ->> 'kind' = '21'")
                .update();

        past.undo(applied);

        assertThat(past.database.texts(
                        "SELECT DISTINCT needs_source_maps::text FROM events WHERE payload ->> 'kind' = '21'"))
                .containsExactly("false");
    }

    /** They were made readable on arrival, and so made an issue of their own. */
    @Test
    void whatCameSinceTheSourceMapsDidGoesToTheIssueOfThoseFromBefore() {
        past.store(1, 3, 7, 1);
        assertThat(past.filed()).containsExactly("21x40", "22x30", "23x5", "3x2", "1x3");
        past.sourceMaps.put(21, 1);

        upload("1.0", null);
        past.finishJobs();

        assertThat(past.filed()).containsExactly("1x43", "22x30", "23x5", "3x2");
        past.assertCountedExactly();
        past.undo(only());
        assertThat(past.filed()).containsExactly("21x40", "22x30", "23x5", "3x2", "1x3");
        past.assertCountedExactly();
    }

    /** As of a release whose source maps nobody has uploaded. */
    @Test
    void whatStaysMinifiedStaysInTheIssueWithWhatBecomesReadable() {
        past.changeRules("25=21");
        past.store(25, 60, 0, 4);
        long issue = past.issueOf(21);
        past.sourceMaps.put(21, 1);

        upload("1.0", null);
        past.finishJobs();

        assertThat(past.filed()).containsExactly("1x40 25x60", "22x30", "23x5", "3x2");
        past.store(1, 1, 9, 1);
        past.store(25, 1, 9, 1);
        assertThat(past.filed()).containsExactly("1x41 25x61", "22x30", "23x5", "3x2");
        assertThat(past.issueOf(1)).isEqualTo(issue);
        past.assertCountedExactly();
    }

    @Test
    void anUploadThatFitsNothingMakesNoRegroup() {
        past.sourceMaps.put(21, 1);

        upload("2.0", null);
        upload(null, DEBUG_ID);
        past.finishJobs();

        assertThat(regroups()).isEmpty();
        assertThat(past.database.texts("SELECT id::text FROM artifact_uploads")).isEmpty();
        assertThat(past.database.texts("SELECT state FROM jobs")).containsOnly("succeeded");
        assertThat(past.filed()).containsExactly("21x40", "22x30", "23x5", "3x2");
    }

    @Test
    void anUploadThatMakesNothingReadableLeavesNoRegroup() {
        upload("1.0", null);
        past.finishJobs();

        assertThat(regroups()).isEmpty();
        assertThat(past.database.texts("SELECT issue_id::text FROM repaired_issues"))
                .isEmpty();
        assertThat(past.database.texts("SELECT DISTINCT state FROM jobs")).containsExactly("succeeded");
    }

    @Test
    void anUploadIsFoundByTheDebugIdThatWasMissing() {
        past.sourceMaps.put(21, 1);
        storeMissing("1.0", DEBUG_ID);
        storeMissing("1.0", DEBUG_ID);
        assertThat(past.database.texts("SELECT release FROM missing_source_maps"))
                .containsExactly("1.0");
        assertThat(past.database.texts("SELECT needs_source_maps::text FROM events WHERE payload = '{\"kind\": 24}'"))
                .containsExactly("true", "true");

        upload(null, DEBUG_ID);
        past.finishJobs();

        assertThat(only().releases()).containsExactly("1.0");
        assertThat(past.filed()).startsWith("1x40");
    }

    @Test
    void eventsFromBeforeAnybodyNotedWhatTheyNeedAreLookedAtToo() {
        past.database
                .jdbc
                .sql("UPDATE events SET needs_source_maps = NULL, platform = 'javascript'")
                .update();
        past.sourceMaps.put(21, 1);

        upload("1.0", null);
        past.finishJobs();

        assertThat(past.filed()).containsExactly("1x40", "22x30", "23x5", "3x2");
        assertThat(past.database.texts("""
                        SELECT coalesce(needs_source_maps::text, 'unknown') || ' ' || count(*)
                        FROM events GROUP BY needs_source_maps ORDER BY 1
                        """)).containsExactly("false 42", "true 35");
    }

    @Test
    void aSecondUploadWaitsForTheFirstAndTakesWhatIsLeft() {
        past.sourceMaps.put(21, 1);
        upload("1.0", null);
        past.step();
        Regroup first = only();
        while (past.find(first).appliedAt() == null) {
            past.step();
        }
        past.sourceMaps.put(22, 1);
        upload("1.0", null);
        Job waiting = past.jobs
                .find(past.database
                        .jdbc
                        .sql("SELECT max(id) FROM jobs WHERE kind = 'source-map-repair'")
                        .query(Long.class)
                        .single())
                .orElseThrow();
        assertThat(past.repair().step(waiting)).isInstanceOf(JobStep.Waiting.class);
        assertThat(past.find(first).state()).isEqualTo(RegroupState.APPLYING);

        past.finishJobs();
        past.database.jdbc.sql("UPDATE jobs SET available_at = now()").update();
        past.finishJobs();

        assertThat(regroups()).hasSize(2).allMatch(regroup -> regroup.state() == RegroupState.APPLIED);
        assertThat(regroups()).extracting(Regroup::readableEvents).containsExactly(30L, 40L);
        assertThat(past.filed()).containsExactly("1x70", "23x5", "3x2");
        past.assertCountedExactly();
    }

    @Test
    void uploadsThatComeTogetherAreOneJob() {
        past.sourceMaps.put(21, 1);

        upload("1.0", null);
        upload("1.0", null);
        upload("2.0", DEBUG_ID);

        assertThat(past.database.texts("SELECT kind FROM jobs")).containsExactly("source-map-repair");
        past.finishJobs();
        assertThat(regroups()).hasSize(1);
    }

    @Test
    void rulesThatChangeBeforeTheSwitchAreTaken() {
        past.sourceMaps.putAll(Map.of(21, 1, 23, 2));
        upload("1.0", null);
        past.step();
        past.step();
        past.changeRules("2=1");

        past.finishJobs();

        assertThat(only().state()).isEqualTo(RegroupState.APPLIED);
        assertThat(past.filed()).containsExactly("1x40 2x5", "22x30", "3x2");
        assertThat(only().readableEvents()).isEqualTo(45);
        past.assertCountedExactly();
    }

    @Test
    void aPreviewFromBeforeIsNotAppliedAfterwards() {
        Regroup preview = past.preview("22=21");
        past.sourceMaps.put(21, 1);

        upload("1.0", null);
        past.finishJobs();

        assertThat(past.find(preview).canBeApplied()).isFalse();
        assertThat(past.find(preview).standing().isOutdated()).isTrue();
        assertThat(past.preview("22=21").canBeApplied()).isTrue();
    }

    @Test
    void eventsThatAreOnlyCountedStayAsTheyAre() {
        past.database
                .jdbc
                .sql(
                        "UPDATE events SET payload_kept = false, needs_source_maps = false WHERE payload ->> 'kind' = '23'")
                .update();
        past.sourceMaps.putAll(Map.of(21, 1, 23, 1));

        upload("1.0", null);
        past.finishJobs();

        assertThat(past.filed()).containsExactly("1x40", "22x30", "23x5", "3x2");
    }

    private static void upload(@Nullable String release, @Nullable UUID debugId) {
        byte[] bytes = UUID.randomUUID().toString().getBytes(UTF_8);
        var file = new NewArtifact(
                ArtifactKind.SOURCE_MAP,
                "app.js.map",
                "~/app.js.map",
                debugId,
                null,
                BlobHash.of(bytes),
                Sha1.of(bytes),
                bytes.length);
        if (release != null) {
            assertThat(artifacts.addFile(1, release, null, file, "ci")).isPresent();
        } else {
            artifacts.addBundle(
                    List.of(1L),
                    new NewBundle(UUID.randomUUID(), Sha1.of(bytes), null, null, bytes.length, List.of(file), "ci"));
        }
    }

    /** As the processor stores an event of kind 24 of which it did not find the source map. */
    private static void storeMissing(String release, UUID debugId) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var stored = (Received) RollupDatabase.event(
                new Said(1, 24, at, at, null, "error", release, 1L, Map.of()), hash(STRATEGY, 24), List.of());
        IngestedItem item = stored.envelope().items().getFirst();
        NewEvent event = item.rows(NewEvent.class).getFirst();
        var withMissing = new IngestedItem(
                item.header(),
                item.payloadOffset(),
                item.payloadLength(),
                item.eventId(),
                item.outcome(),
                List.of(event, new MissingSourceMaps(event.id(), release, Set.of(debugId))));
        past.database.batches.store(List.of(new Received(
                stored.source(),
                new IngestedEnvelope(
                        stored.envelope().raw(),
                        stored.envelope().eventId(),
                        stored.envelope().outcome(),
                        List.of(withMissing)))));
        past.database
                .jdbc
                .sql("UPDATE events SET payload_json = '{\"kind\": 24}' WHERE payload = '{}'")
                .update();
    }

    private static List<Regroup> regroups() {
        return past.regroups.list(1, Long.MAX_VALUE, 50).entries().stream()
                .filter(regroup -> regroup.cause() == RegroupCause.SOURCE_MAPS)
                .toList();
    }

    private static Regroup only() {
        assertThat(regroups()).hasSize(1);
        return regroups().getFirst();
    }
}
