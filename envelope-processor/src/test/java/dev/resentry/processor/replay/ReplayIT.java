package dev.resentry.processor.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.deletion.DeletionReport;
import dev.resentry.storage.deletion.IssueDeletion;
import dev.resentry.storage.deletion.TopicCopy;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.job.JobRunner;
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
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.JsonNode;

/** The past processed again by a running processor, held against what was stored. */
@Timeout(180)
class ReplayIT {
    private static ReplayedPast past;
    private static RunningProcessor processor;
    private static JobStore jobs;

    @BeforeAll
    static void start() throws InterruptedException {
        past = new ReplayedPast();
        processor = past.processor;
        jobs = past.jobs;
    }

    @AfterAll
    static void stop() {
        past.close();
    }

    @Test
    void aReplayOfEverythingChangesNothing() throws Exception {
        past.sendOfEveryKind();
        Map<String, List<String>> before = past.rows();

        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(result.path("tables").isEmpty()).as(result.toString()).isTrue();
        assertThat(result.at("/issues/changed").asLong()).isZero();
        assertThat(result.at("/skipped/already_stored").asLong()).isPositive();
        assertThat(result.at("/skipped/nothing_made").asLong()).isPositive();
        assertThat(past.rows()).isEqualTo(before);
        assertThat(processor.count("replay_touched")).isZero();
    }

    @Test
    void whatWasNormalisedWronglyIsRepairedAndItsIssueStaysWhatPeopleMadeIt() throws Exception {
        UUID id = UUID.randomUUID();
        ReplayedItems.normalisesWrongly = true;
        try {
            past.send(ReplayedPast.event(id, "repair me"));
        } finally {
            ReplayedItems.normalisesWrongly = false;
        }
        long issue = past.number("SELECT issue_id FROM events WHERE event_id = '%s'", id);
        processor
                .jdbc()
                .sql("UPDATE issues SET status = 'resolved' WHERE id = " + issue)
                .update();
        assertThat(past.texts("SELECT title FROM issues WHERE id = " + issue))
                .containsExactly("normalised wrongly: repair me");
        Map<String, List<String>> wrong = past.rows();

        JsonNode preview = past.replay(ReplayedPast.everything(true));

        assertThat(past.rows()).as("a dry run changes nothing").isEqualTo(wrong);
        assertThat(ReplayedPast.change(preview, "events")).isEqualTo("0 1 0");
        assertThat(ReplayedPast.change(preview, "issues")).isEqualTo("0 1 0");
        assertThat(preview.at("/issues/examples")).hasToString("[%d]".formatted(issue));

        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(ReplayedPast.change(result, "events")).isEqualTo("0 1 0");
        assertThat(past.texts("SELECT message || ' ' || issue_id FROM events WHERE event_id = '%s'".formatted(id)))
                .containsExactly("repair me " + issue);
        assertThat(past.texts("SELECT concat_ws(' ', status, event_count, title) FROM issues WHERE id = " + issue))
                .containsExactly("resolved 1 repair me");
        assertThat(past.number("SELECT count(*) FROM issue_hashes WHERE issue_id = %s", issue))
                .isEqualTo(2);
        Map<String, List<String>> right = past.rows();
        for (String table : List.of("outcome_totals", "envelope_totals", "topic_fates", "event_identities")) {
            assertThat(right.get(table)).as(table).isEqualTo(wrong.get(table));
        }
        assertThat(past.replay(ReplayedPast.everything(false)).path("tables").isEmpty())
                .isTrue();
    }

    @Test
    void anIssueThatIsCalledAsAnEventStillIsOrAsSomebodyWroteKeepsItsTitle() throws Exception {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        past.send(ReplayedPast.event(first, "one of two"));
        past.send(ReplayedPast.event(second, "one of two"));
        UUID other = UUID.randomUUID();
        past.send(ReplayedPast.event(other, "of a named issue"));
        past.sql("UPDATE events SET title = 'wrong' WHERE event_id IN ('%s', '%s')".formatted(first, other));
        past.sql("UPDATE issues SET title = 'Named by Ada' WHERE title = 'of a named issue'");

        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(ReplayedPast.change(result, "events")).isEqualTo("0 2 0");
        assertThat(ReplayedPast.change(result, "issues")).isEqualTo("none");
        assertThat(past.texts("SELECT title FROM issues WHERE title IN ('one of two', 'Named by Ada') ORDER BY 1"))
                .containsExactly("Named by Ada", "one of two");
    }

    @Test
    void payloadsAsEarlierVersionsStoredThemAreTheSame() throws Exception {
        UUID event = UUID.randomUUID();
        past.send(ReplayedPast.event(event, "of an earlier version"));
        String written = past.texts("SELECT payload_json FROM events WHERE event_id = '%s'".formatted(event))
                .getFirst();
        past.sql("UPDATE events SET payload_jsonb = payload_json::jsonb, payload_json = NULL WHERE event_id = '%s'"
                .formatted(event));

        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(ReplayedPast.change(result, "events")).isEqualTo("none");
        assertThat(past.texts("SELECT (payload_json IS NULL)::text FROM events WHERE event_id = '%s'".formatted(event)))
                .containsExactly("true");
        past.sql("UPDATE events SET payload_json = '%s', payload_jsonb = NULL WHERE event_id = '%s'"
                .formatted(written.replace("'", "''"), event));
    }

    @Test
    void emptiedTablesOfDerivedRowsAreFilledWithTheSame() throws Exception {
        past.sendOfEveryKind();
        Map<String, List<String>> before = past.rows();
        assertThat(before)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        processor
                .jdbc()
                .sql(
                        "TRUNCATE events, transactions, spans, logs, attachments, feedback, issue_hours, issue_users, issue_tags, issue_tag_keys, issue_releases, project_minutes, project_hours, transaction_minutes, transaction_hours")
                .update();

        past.replay(ReplayedPast.everything(false));

        assertThat(past.rows()).isEqualTo(before);
    }

    @Test
    void whatWasDeletedWithItsIssueDoesNotComeBack() throws Exception {
        UUID before = UUID.randomUUID();
        UUID behind = UUID.randomUUID();
        past.send(ReplayedPast.event(before, "deleted before the job")
                + "{\"type\":\"attachment\",\"filename\":\"a.txt\"}\nnote\n");
        past.send(ReplayedPast.event(behind, "deleted behind it")
                + "{\"type\":\"attachment\",\"filename\":\"b.txt\"}\nnote\n");
        List<Long> issues = List.of(
                past.number("SELECT issue_id FROM events WHERE event_id = '%s'", before),
                past.number("SELECT issue_id FROM events WHERE event_id = '%s'", behind));
        long project = past.number("SELECT project_id FROM events WHERE event_id = '%s'", before);
        var source = processor.bean(DataSource.class);
        var deletion = new IssueDeletion(
                source,
                new DataSourceTransactionManager(source),
                jobs,
                new DeletionReport(processor.jdbc(), new TopicCopy(Duration.ofDays(30))));
        var ann = new Author(1, "Ann", "ann@example.com");

        assertThat(deletion.start(project, issues.subList(0, 1), ann)).isPresent();
        past.replay(ReplayedPast.everything(false));
        assertThat(processor.count("events WHERE event_id = '%s'".formatted(before)))
                .as("nobody waits for the job")
                .isZero();
        assertThat(deletion.start(project, issues.subList(1, 2), ann)).isPresent();
        while (new JobRunner(jobs, List.of(deletion)).runNext(() -> false)) {
            // Until no job is left.
        }
        past.replay(ReplayedPast.everything(false));
        // As an SDK that got no answer.
        past.send(ReplayedPast.event(behind, "deleted behind it"));

        String ids = "event_id IN ('%s', '%s')".formatted(before, behind);
        assertThat(processor.count("events WHERE " + ids)).isZero();
        assertThat(processor.count("attachments WHERE " + ids)).isZero();
        assertThat(processor.count("event_identities WHERE deleted AND " + ids)).isEqualTo(2);
        assertThat(processor.count("issues WHERE title LIKE 'deleted be%'")).isZero();
        assertThat(processor.count("deleted_issues")).isZero();
        UUID again = UUID.randomUUID();
        past.send(ReplayedPast.event(again, "deleted behind it"));
        assertThat(past.number("SELECT issue_id FROM events WHERE event_id = '%s'", again))
                .as("a new issue")
                .isGreaterThan(issues.getLast());
        assertThat(past.replay(ReplayedPast.everything(false)).path("tables").isEmpty())
                .isTrue();
    }

    @Test
    void anItemTypeThatWasUnknownBecomesVisible() throws Exception {
        past.send("{}\n{\"type\":\"temperature\"}\n21\n{\"type\":\"other\"}\nx\n");
        past.send(ReplayedPast.event(UUID.randomUUID(), "beside it"));
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
            result = past.replay(new ReplayRequest(
                    now.minus(1, ChronoUnit.HOURS), now.plusSeconds(60), List.of(1L), List.of("temperature"), false));
        } finally {
            ReplayedItems.knowsTemperatures = false;
        }

        assertThat(ReplayedPast.change(result, "temperatures")).isEqualTo("1 0 0");
        assertThat(result.path("tables").size()).isEqualTo(1);
        assertThat(past.texts("SELECT degrees::text FROM temperatures")).containsExactly("21");
        processor.jdbc().sql("TRUNCATE temperatures").update();
    }

    @Test
    void whatWasDeletedOrHasExpiredDoesNotComeBack() throws Exception {
        UUID deleted = UUID.randomUUID();
        UUID expired = UUID.randomUUID();
        Instant old = Instant.now().minus(5, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
        processor.send(
                EnvelopeId.at(old), old, ReplayedPast.event(expired, "expired").getBytes(UTF_8));
        past.send(ReplayedPast.event(deleted, "deleted"));
        for (String table : List.of("envelope_items", "event_identities", "events")) {
            processor
                    .jdbc()
                    .sql("DELETE FROM %s WHERE event_id = '%s'".formatted(table, deleted))
                    .update();
        }
        // Nobody misses it: else it would be gone in the other tests as soon as its hour is over.
        processor.jdbc().sql("""
                        UPDATE envelope_totals SET envelopes = envelopes - 1
                        FROM (SELECT project_id, date_trunc('hour', received_at, 'UTC') AS hour FROM envelopes WHERE event_id = '%s') AS of
                        WHERE fate = 'stored' AND envelope_totals.project_id = of.project_id AND envelope_totals.hour = of.hour
                        """.formatted(deleted)).update();
        processor
                .jdbc()
                .sql("DELETE FROM envelopes WHERE event_id = '%s'".formatted(deleted))
                .update();
        String partition =
                "events_" + DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofInstant(old, ZoneOffset.UTC));
        processor.jdbc().sql("DROP TABLE " + partition).update();
        for (String table : List.of("issue_hours", "issue_users", "issue_tags", "issue_tag_keys", "issue_releases")) {
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
        Map<String, List<String>> before = past.rows();

        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(result.at("/skipped/not_stored").asLong()).isPositive();
        assertThat(past.rows()).isEqualTo(before);
        assertThat(past.texts("SELECT coalesce(to_regclass('%s')::text, 'gone')".formatted(partition)))
                .containsExactly("gone");

        processor.jdbc().sql("UPDATE projects SET status = 'deleting'").update();
        try {
            processor
                    .jdbc()
                    .sql("UPDATE events SET title = 'of a deleted project'")
                    .update();
            JsonNode nothing = past.replay(ReplayedPast.everything(false));
            assertThat(nothing.at("/skipped/project_deleted").asLong()).isPositive();
            assertThat(nothing.path("tables").isEmpty()).isTrue();
        } finally {
            processor.jdbc().sql("UPDATE projects SET status = 'active'").update();
        }
        past.replay(ReplayedPast.everything(false));
        assertThat(past.rows()).isEqualTo(before);
    }

    @Test
    void whatTheTopicHasNoLongerIsTakenFromTheStoredEnvelopesAndWhatIsGoneIsSaid() throws Exception {
        UUID id = UUID.randomUUID();
        past.send(ReplayedPast.event(id, "taken from the database"));
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

        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(past.texts("SELECT title FROM events WHERE event_id = '%s'".formatted(id)))
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
        past.send(ReplayedPast.event(id, "worth waiting for"));
        String title = "SELECT title FROM events WHERE event_id = '%s'".formatted(id);
        String damage = "UPDATE events SET title = 'wrong' WHERE event_id = '%s'".formatted(id);
        processor.jdbc().sql(damage).update();

        long cancelled = paused();
        assertThat(jobs.cancel(cancelled, "ada@example.com")).isTrue();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jobs.find(cancelled).orElseThrow().state() instanceof JobState.Cancelled);
        long rested = paused();
        assertThat(past.texts(title)).containsExactly("wrong");
        assertThat(jobs.resume(rested)).isTrue();
        past.resultOf(rested);
        assertThat(past.texts(title)).containsExactly("worth waiting for");

        processor.jdbc().sql(damage).update();
        long orphaned = paused();
        processor
                .jdbc()
                .sql(
                        "UPDATE jobs SET state = 'running', lease_owner = 'a process that died', available_at = now() WHERE id = "
                                + orphaned)
                .update();
        past.resultOf(orphaned);
        assertThat(past.texts(title)).containsExactly("worth waiting for");
    }

    /** A replay that rests before it has changed anything. */
    private static long paused() {
        Long id = processor
                .jdbc()
                .sql("""
                        INSERT INTO jobs (kind, parameters, state, stopped_by, available_at, created_by, created_at)
                        VALUES ('replay', :parameters::jsonb, 'queued', NULL, now() + interval '1 hour', 'test', now()) RETURNING id
                        """)
                .param("parameters", ReplayedPast.everything(false).json())
                .query(Long.class)
                .single();
        assertThat(jobs.pause(id, "ada@example.com")).isTrue();
        return id;
    }
}
