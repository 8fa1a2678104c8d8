package dev.resentry.processor.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.job.JobState;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.replay.ReplayRequest;
import dev.resentry.storage.rollup.RollupRebuild;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The past processed again by a running processor, held against what was stored. */
@Timeout(180)
class ReplayIT {
    private static final List<String> TABLES = List.of(
            "envelopes",
            "envelope_items",
            "events",
            "transactions",
            "spans",
            "attachments",
            "event_identities",
            "issues",
            "issue_hashes",
            "dead_letters",
            "topic_fates",
            "envelope_totals",
            "outcome_totals",
            "issue_hours",
            "issue_users",
            "issue_tags",
            "issue_tag_keys",
            "project_minutes",
            "project_hours");

    private static RunningProcessor processor;
    private static JobStore jobs;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor(ReplayedItems.class);
        jobs = processor.bean(JobStore.class);
        // As a migration would.
        processor.jdbc().sql("""
                        CREATE TABLE temperatures (received_at timestamptz NOT NULL, envelope_id uuid NOT NULL,
                                                   degrees bigint NOT NULL, PRIMARY KEY (received_at, envelope_id))
                        PARTITION BY RANGE (received_at)
                        """).update();
        processor
                .jdbc()
                .sql("INSERT INTO partitioned_tables VALUES ('temperatures')")
                .update();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void aReplayOfEverythingChangesNothing() throws Exception {
        sendOfEveryKind();
        Map<String, List<String>> before = rows();

        JsonNode result = replay(everything(false));

        assertThat(result.path("tables").isEmpty()).as(result.toString()).isTrue();
        assertThat(result.at("/issues/changed").asLong()).isZero();
        assertThat(result.at("/skipped/already_stored").asLong()).isPositive();
        assertThat(result.at("/skipped/nothing_made").asLong()).isPositive();
        assertThat(rows()).isEqualTo(before);
        assertThat(processor.count("replay_touched")).isZero();
    }

    @Test
    void whatWasNormalisedWronglyIsRepairedAndItsIssueStaysWhatPeopleMadeIt() throws Exception {
        UUID id = UUID.randomUUID();
        ReplayedItems.normalisesWrongly = true;
        try {
            send(event(id, "repair me"));
        } finally {
            ReplayedItems.normalisesWrongly = false;
        }
        long issue = number("SELECT issue_id FROM events WHERE event_id = '%s'", id);
        processor
                .jdbc()
                .sql("UPDATE issues SET status = 'resolved' WHERE id = " + issue)
                .update();
        Map<String, List<String>> wrong = rows();

        JsonNode preview = replay(everything(true));

        assertThat(rows()).as("a dry run changes nothing").isEqualTo(wrong);
        assertThat(change(preview, "events")).isEqualTo("0 1 0");
        assertThat(preview.at("/issues/examples")).hasToString("[%d]".formatted(issue));

        JsonNode result = replay(everything(false));

        assertThat(change(result, "events")).isEqualTo("0 1 0");
        assertThat(texts("SELECT message || ' ' || issue_id FROM events WHERE event_id = '%s'".formatted(id)))
                .containsExactly("repair me " + issue);
        assertThat(texts("SELECT status || ' ' || event_count FROM issues WHERE id = " + issue))
                .containsExactly("resolved 1");
        assertThat(number("SELECT count(*) FROM issue_hashes WHERE issue_id = %s", issue))
                .isEqualTo(2);
        Map<String, List<String>> right = rows();
        for (String table : List.of("outcome_totals", "envelope_totals", "topic_fates", "event_identities")) {
            assertThat(right.get(table)).as(table).isEqualTo(wrong.get(table));
        }
        assertThat(replay(everything(false)).path("tables").isEmpty()).isTrue();
    }

    @Test
    void emptiedTablesOfDerivedRowsAreFilledWithTheSame() throws Exception {
        sendOfEveryKind();
        Map<String, List<String>> before = rows();
        assertThat(before)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        processor
                .jdbc()
                .sql(
                        "TRUNCATE events, transactions, spans, attachments, issue_hours, issue_users, issue_tags, issue_tag_keys, project_minutes, project_hours")
                .update();

        replay(everything(false));

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void anItemTypeThatWasUnknownBecomesVisible() throws Exception {
        send("{}\n{\"type\":\"temperature\"}\n21\n{\"type\":\"other\"}\nx\n");
        send(event(UUID.randomUUID(), "beside it"));
        assertThat(processor.count("temperatures")).isZero();
        processor
                .jdbc()
                .sql("SELECT ensure_day_partitions(current_date)")
                .query()
                .listOfRows();

        ReplayedItems.knowsTemperatures = true;
        JsonNode result;
        try {
            Instant now = Instant.now();
            result = replay(new ReplayRequest(
                    now.minus(1, ChronoUnit.HOURS), now.plusSeconds(60), List.of(1L), List.of("temperature"), false));
        } finally {
            ReplayedItems.knowsTemperatures = false;
        }

        assertThat(change(result, "temperatures")).isEqualTo("1 0 0");
        assertThat(result.path("tables").size()).isEqualTo(1);
        assertThat(texts("SELECT degrees::text FROM temperatures")).containsExactly("21");
        processor.jdbc().sql("TRUNCATE temperatures").update();
    }

    @Test
    void whatWasDeletedOrHasExpiredDoesNotComeBack() throws Exception {
        UUID deleted = UUID.randomUUID();
        UUID expired = UUID.randomUUID();
        Instant old = Instant.now().minus(5, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
        processor.send(EnvelopeId.at(old), old, event(expired, "expired").getBytes(UTF_8));
        send(event(deleted, "deleted"));
        for (String table : List.of("envelope_items", "event_identities", "events")) {
            processor
                    .jdbc()
                    .sql("DELETE FROM %s WHERE event_id = '%s'".formatted(table, deleted))
                    .update();
        }
        processor
                .jdbc()
                .sql("DELETE FROM envelopes WHERE event_id = '%s'".formatted(deleted))
                .update();
        String partition =
                "events_" + DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofInstant(old, ZoneOffset.UTC));
        processor.jdbc().sql("DROP TABLE " + partition).update();
        for (String table : List.of("issue_hours", "issue_users", "issue_tags", "issue_tag_keys")) {
            processor
                    .jdbc()
                    .sql(
                            "DELETE FROM %s WHERE issue_id IN (SELECT id FROM issues WHERE title IN ('deleted', 'expired'))"
                                    .formatted(table))
                    .update();
        }
        processor
                .jdbc()
                .sql("DELETE FROM issues WHERE title IN ('deleted', 'expired')")
                .update();
        processor.bean(RollupRebuild.class).rebuildProject(1, old, Instant.now());
        Map<String, List<String>> before = rows();

        JsonNode result = replay(everything(false));

        assertThat(result.at("/skipped/not_stored").asLong()).isPositive();
        assertThat(rows()).isEqualTo(before);
        assertThat(texts("SELECT coalesce(to_regclass('%s')::text, 'gone')".formatted(partition)))
                .containsExactly("gone");

        processor.jdbc().sql("UPDATE projects SET status = 'deleting'").update();
        try {
            processor
                    .jdbc()
                    .sql("UPDATE events SET title = 'of a deleted project'")
                    .update();
            JsonNode nothing = replay(everything(false));
            assertThat(nothing.at("/skipped/project_deleted").asLong()).isPositive();
            assertThat(nothing.path("tables").isEmpty()).isTrue();
        } finally {
            processor.jdbc().sql("UPDATE projects SET status = 'active'").update();
        }
        replay(everything(false));
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void whatTheTopicHasNoLongerIsTakenFromTheStoredEnvelopesAndWhatIsGoneIsSaid() throws Exception {
        UUID id = UUID.randomUUID();
        send(event(id, "taken from the database"));
        // As if its record had stood on a topic that was made anew since.
        processor
                .jdbc()
                .sql("UPDATE envelopes SET topic_id = gen_random_uuid() WHERE event_id = '%s'".formatted(id))
                .update();
        processor
                .jdbc()
                .sql("UPDATE events SET title = 'wrong' WHERE event_id = '%s'".formatted(id))
                .update();
        processor.jdbc().sql("""
                        INSERT INTO envelope_totals VALUES (1, date_trunc('hour', now(), 'UTC') - interval '30 hours', 'stored', '', 3, 3)
                        """).update();

        JsonNode result = replay(everything(false));

        assertThat(texts("SELECT title FROM events WHERE event_id = '%s'".formatted(id)))
                .containsExactly("taken from the database");
        assertThat(result.path("gone").asLong()).isEqualTo(3);
        processor
                .jdbc()
                .sql("DELETE FROM envelope_totals WHERE hour < now() - interval '29 hours' AND items = 3")
                .update();
    }

    @Test
    void aReplayIsPausedResumedCancelledAndTakenOver() throws Exception {
        UUID id = UUID.randomUUID();
        send(event(id, "worth waiting for"));
        String title = "SELECT title FROM events WHERE event_id = '%s'".formatted(id);
        String damage = "UPDATE events SET title = 'wrong' WHERE event_id = '%s'".formatted(id);
        processor.jdbc().sql(damage).update();

        long cancelled = paused();
        assertThat(jobs.cancel(cancelled, "ada@example.com")).isTrue();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jobs.find(cancelled).orElseThrow().state() instanceof JobState.Cancelled);
        long rested = paused();
        assertThat(texts(title)).containsExactly("wrong");
        assertThat(jobs.resume(rested)).isTrue();
        resultOf(rested);
        assertThat(texts(title)).containsExactly("worth waiting for");

        processor.jdbc().sql(damage).update();
        long orphaned = paused();
        processor
                .jdbc()
                .sql(
                        "UPDATE jobs SET state = 'running', lease_owner = 'a process that died', available_at = now() WHERE id = "
                                + orphaned)
                .update();
        resultOf(orphaned);
        assertThat(texts(title)).containsExactly("worth waiting for");
    }

    /** A replay that rests before it has changed anything. */
    private static long paused() {
        Long id = processor
                .jdbc()
                .sql("""
                        INSERT INTO jobs (kind, parameters, state, stopped_by, available_at, created_by, created_at)
                        VALUES ('replay', :parameters::jsonb, 'queued', NULL, now() + interval '1 hour', 'test', now()) RETURNING id
                        """)
                .param("parameters", everything(false).json())
                .query(Long.class)
                .single();
        assertThat(jobs.pause(id, "ada@example.com")).isTrue();
        return id;
    }

    private static ReplayRequest everything(boolean dryRun) {
        Instant now = Instant.now();
        return new ReplayRequest(
                now.minus(20, ChronoUnit.DAYS), now.plus(1, ChronoUnit.MINUTES), List.of(), List.of(), dryRun);
    }

    private static JsonNode replay(ReplayRequest request) {
        return resultOf(jobs.enqueue(ReplayRequest.KIND, request.json(), "test"));
    }

    private static JsonNode resultOf(long job) {
        JobState ended = await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> jobs.find(job).orElseThrow().state(),
                        state -> state instanceof JobState.Succeeded
                                || (state instanceof JobState.Queued(var _, var failure) && failure != null));
        assertThat(ended).isInstanceOf(JobState.Succeeded.class);
        return UntrustedJson.STORED.tree(((JobState.Succeeded) ended).resultJson());
    }

    private static String change(JsonNode result, String table) {
        for (JsonNode change : result.path("tables")) {
            if (change.path("table").asString().equals(table)) {
                return "%s %s %s".formatted(change.path("added"), change.path("changed"), change.path("removed"));
            }
        }
        return "none";
    }

    /** Events of several issues, one of them twice, an envelope twice, and what is dropped, kept or a dead letter. */
    private static void sendOfEveryKind() throws Exception {
        UUID twice = UUID.randomUUID();
        processor.send(event(UUID.randomUUID(), "an event"));
        processor.send(event(UUID.randomUUID(), "an event of another kind"));
        processor.send(event(twice, "an event"));
        processor.send(event(twice, "an event"));
        processor.send(
                "{}\n{\"type\":\"event\"}\n{\"message\":\"without an id\"}\n{\"type\":\"event\"}\n{\"message\":\"and one more\"}\n");
        processor.send(transaction(twice.toString().replace('5', '7')));
        processor.send("rubbish");
        processor.send(
                "{}\n{\"type\":\"event\"}\nno json\n{\"type\":\"never-heard-of\"}\n{}\n{\"type\":\"attachment\"}\nnote\n");
        processor.send(
                "{}\n{\"type\":\"client_report\"}\n{\"discarded_events\":[{\"reason\":\"sample_rate\",\"category\":\"error\",\"quantity\":3}]}\n");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        EnvelopeId again = EnvelopeId.at(now);
        processor.send(again, now, event(UUID.randomUUID(), "an event").getBytes(UTF_8));
        // Another body under the id of an envelope that is stored must not count now either.
        send(again, now, event(UUID.randomUUID(), "an event that nobody stored"));
    }

    private static void send(String body) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        send(EnvelopeId.at(now), now, body);
    }

    /** Sends it and a last one behind it on the only partition, and waits for that. */
    private static void send(EnvelopeId id, Instant receivedAt, String body) throws Exception {
        processor.send(id, receivedAt, body.getBytes(UTF_8));
        String last = "last-" + UUID.randomUUID();
        processor.send("{}\n{\"type\":\"%s\"}\nx\n".formatted(last));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> processor.count("envelope_items WHERE type = '%s'".formatted(last)) == 1);
    }

    private static String event(UUID id, String message) {
        return """
                {"event_id":"%s"}
                {"type":"event"}
                {"message":"%s","level":"error","environment":"production","release":"shop@1.2",\
                "user":{"id":"%s"},"tags":{"shop":"berlin"}}
                """.formatted(id.toString().replace("-", ""), message, message.length());
    }

    private static String transaction(String id) {
        return """
                {"event_id":"%s"}
                {"type":"transaction"}
                {"transaction":"GET /cart","start_timestamp":1795175940,"timestamp":1795175941.5,"contexts":{"trace":\
                {"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"fa90fdead5f74052","op":"http.server"}},"spans":[\
                {"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"b01b9f6349558cd1","parent_span_id":"fa90fdead5f74052",\
                "op":"db","description":"SELECT 1","start_timestamp":1795175940.5,"timestamp":1795175941}]}
                {"type":"attachment","filename":"note.txt"}
                a note
                """.formatted(id.replace("-", ""));
    }

    /** All rows as JSON, by table. */
    private static Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        TABLES.forEach(
                table -> rows.put(table, texts("SELECT to_jsonb(t)::text FROM %s t ORDER BY 1".formatted(table))));
        return rows;
    }

    private static List<String> texts(String query) {
        return processor.jdbc().sql(query).query(String.class).list();
    }

    private static long number(String query, Object value) {
        return processor.jdbc().sql(query.formatted(value)).query(Long.class).single();
    }
}
