package dev.resentry.storage.regroup;

import static dev.resentry.storage.regroup.RegroupedPast.ANN;
import static dev.resentry.storage.regroup.RegroupedPast.STRATEGY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.repository.WebAddress;
import dev.resentry.storage.blob.BlobSweep;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.expiry.ExpiryRun;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueTicketStore;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.job.JobRunner;
import dev.resentry.storage.merge.IssueMerge;
import dev.resentry.storage.regroup.Regroup.Rules;
import dev.resentry.storage.regroup.Regroup.Sums;
import dev.resentry.storage.regroup.RegroupChange.Kind;
import dev.resentry.storage.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Regroups on a real database, step by step. */
@Timeout(180)
class RegroupIT {
    private static RegroupedPast past;

    @BeforeAll
    static void start() {
        past = new RegroupedPast();
    }

    @AfterAll
    static void stop() {
        past.close();
    }

    /** Issue of kinds 1 and 4 with users 0 to 3, issue of kind 2 with users 2 to 4, issue of kind 3 with user 5. */
    @BeforeEach
    void store() {
        past.empty();
        past.changeRules("4=1");
        past.store(1, 40, 0, 4);
        past.store(2, 30, 2, 3);
        past.store(3, 1, 5, 1);
        past.store(4, 20, 0, 2);
        assertThat(past.filed()).containsExactly("1x40 4x20", "2x30", "3x1");
    }

    @Test
    void aPreviewTellsWhatWouldBecomeOfIssuesAndChangesNothing() {
        Map<String, List<String>> before = past.rows();

        Regroup previewed = past.preview("2=1 3=1");

        assertThat(past.rows()).isEqualTo(before);
        assertThat(past.rules()).isEqualTo("4=1");
        assertThat(previewed.events()).isEqualTo(91);
        assertThat(previewed.sums()).isEqualTo(new Sums(3, 2, 2, 1));
        assertThat(previewed.canBeApplied()).isTrue();
        assertThat(previewed.canBeUndone()).isFalse();
        RegroupChange merge = only(previewed, Kind.MERGE);
        assertThat(merge.issueId()).isEqualTo(past.issueOf(1));
        assertThat(merge.title()).isEqualTo("Kind 1");
        assertThat(merge.events()).isEqualTo(71);
        assertThat(merge.parts())
                .extracting(RegroupChange.Part::issueId)
                .containsExactly(past.issueOf(1), past.issueOf(2), past.issueOf(3));
        assertThat(merge.parts()).extracting(RegroupChange.Part::events).containsExactly(40L, 30L, 1L);
        assertThat(merge.parts())
                .extracting(RegroupChange.Part::title)
                .as("what they are called now")
                .containsExactly("Kind 1", "Kind 2", "Kind 3");
        RegroupChange split = only(previewed, Kind.SPLIT);
        assertThat(split.issueId()).isEqualTo(past.issueOf(1));
        assertThat(split.parts()).extracting(RegroupChange.Part::issueId).containsExactly(past.issueOf(1), null);
        assertThat(split.parts()).extracting(RegroupChange.Part::title).containsExactly("Kind 1", "Kind 4");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsAppliedIsCountedExactlyWhoeverDidTheSteps(boolean runnersDie) {
        long first = past.issueOf(1);
        long second = past.issueOf(2);
        var store = new IssueActivityStore(past.database.pool, new DataSourceTransactionManager(past.database.pool));
        store.comment(second, "seen it", ANN);
        var tickets = new IssueTicketStore(past.database.pool, new DataSourceTransactionManager(past.database.pool));
        tickets.add(second, new WebAddress("https://example.com/tickets/1"), ANN);
        past.database.jdbc.sql("UPDATE issues SET status = 'ignored'").update();
        past.database.jdbc.sql("TRUNCATE events_outbox").update();
        Regroup regroup = past.preview("2=1 3=1");

        assertThat(past.startApplying(regroup)).isTrue();
        if (runnersDie) {
            past.finishJobsByRunnersThatDie(regroup);
        }
        past.finishJobs();

        assertThat(past.find(regroup).state()).isEqualTo(RegroupState.APPLIED);
        assertThat(past.rules()).isEqualTo("2=1 3=1");
        assertThat(past.filed()).containsExactly("1x40 2x30 3x1", "4x20");
        assertThat(past.issues()).containsExactly("Kind 1 71 6", "Kind 4 20 2");
        past.assertCountedExactly();
        assertThat(past.database.texts("SELECT id || status FROM issues ORDER BY id"))
                .as("states stay, and a new issue is new")
                .first()
                .isEqualTo(first + "ignored");
        assertThat(new IssueQueries(past.database.jdbc).find(second))
                .map(StoredIssue::id)
                .contains(first);
        assertThat(past.database.texts(
                        "SELECT kind FROM issue_activities WHERE issue_id = %d ORDER BY id".formatted(first)))
                .containsExactly("comment", "ticket", "regroup");
        assertThat(tickets.of(first)).hasSize(1);
        assertThat(past.database.texts("SELECT value FROM events_outbox WHERE value LIKE '%\"rows_changed\"%'"))
                .as("copies have to follow")
                .hasSize(1);
        assertThat(past.database.texts("SELECT value FROM events_outbox"))
                .hasSize(5)
                .allSatisfy(told -> assertThat(told).contains("\"regroup\"").doesNotContain("\"live\""));
        assertThat(past.database.texts("SELECT DISTINCT created_by FROM jobs")).containsExactly(ANN.email());
    }

    @Test
    void whatComesAfterwardsIsFiledByTheNewRules() {
        past.apply(past.preview("2=1 3=1"));

        past.store(2, 1, 9, 1);
        past.store(4, 1, 8, 1);

        assertThat(past.issues()).containsExactly("Kind 1 72 7", "Kind 4 21 3");
        past.assertCountedExactly();
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        past.apply(past.preview("2=1 3=1"));
        List<String> filed = past.filed();

        Regroup again = past.preview("2=1 3=1");
        assertThat(again.sums()).isEqualTo(new Sums(2, 2, 0, 0));
        past.apply(again);

        assertThat(past.filed()).isEqualTo(filed);
        assertThat(past.database.texts("SELECT event_id::text FROM regrouped_events WHERE regroup_id = " + again.id()))
                .isEmpty();
    }

    @Test
    void whatCameSinceThePreviewIsRegroupedToo() {
        Regroup regroup = past.preview("2=1 3=1 5=6");
        past.store(2, 3, 7, 1);
        past.store(5, 2, 7, 1);

        past.apply(regroup);

        assertThat(past.filed()).containsExactly("1x40 2x33 3x1", "5x2", "4x20");
        assertThat(past.issueOf(6)).isEqualTo(past.issueOf(5));
        past.assertCountedExactly();
    }

    /** As processors do that have not noticed the new rules yet, and one that has been behind. */
    @Test
    void whatIsFiledByTheFormerRulesMeanwhileEndsRight() {
        Regroup regroup = past.preview("2=1 3=1 7=1");
        past.startApplying(regroup);
        while (past.find(regroup).appliedAt() == null) {
            past.step();
        }
        past.database
                .jdbc
                .sql("UPDATE project_processing SET fingerprint_rules = '4=1'")
                .update();
        past.store(2, 3, 7, 1);
        past.store(4, 2, 7, 1);
        past.store(7, 2, 7, 1);
        past.storeAt(Instant.now().minus(Duration.ofHours(40)), STRATEGY, 2, 3, 7, 1);
        past.database
                .jdbc
                .sql("UPDATE project_processing SET fingerprint_rules = '2=1 3=1 7=1'")
                .update();
        past.finishJobs();

        assertThat(past.filed()).containsExactly("1x40 2x36 3x1 7x2", "4x22");
        assertThat(past.issues()).containsExactly("Kind 1 79 7", "Kind 4 22 3");
        past.assertCountedExactly();
        past.undo(regroup);
        assertThat(past.filed()).as("by the former hashes").containsExactly("1x40 4x22 7x2", "2x36", "3x1");
        past.assertCountedExactly();
    }

    @Test
    void anIssueThatGoesTakesItsOlderEventsAlong() {
        past.storeAt(Instant.now().minus(Duration.ofDays(6)), STRATEGY, 2, 5, 8, 1);

        Regroup regroup = past.preview("2=1 3=1 4=1");
        assertThat(regroup.events()).isEqualTo(91);
        Map<String, List<String>> before = past.rows();
        past.apply(regroup);

        assertThat(past.filed()).containsExactly("1x40 2x35 3x1 4x20");
        past.assertCountedExactly();
        past.undo(regroup);
        assertRestored(before);
    }

    @Test
    void anIssueThatLosesSomeKeepsItsOlderEvents() {
        past.storeAt(Instant.now().minus(Duration.ofDays(6)), STRATEGY, 4, 5, 8, 1);

        past.apply(past.preview(""));

        assertThat(past.filed()).containsExactly("1x40 4x5", "2x30", "3x1", "4x20");
        past.assertCountedExactly();
    }

    @Test
    void eventsOfAnEarlierStrategyMoveToThePresentOne() {
        past.storeAt(Instant.now(), "former", 9, 4, 1, 1);

        Regroup regroup = past.preview("4=1");
        assertThat(regroup.sums()).isEqualTo(new Sums(4, 4, 0, 0));
        Map<String, List<String>> before = past.rows();
        past.apply(regroup);

        assertThat(past.database.texts("SELECT DISTINCT strategy FROM events")).containsExactly(STRATEGY);
        past.store(9, 1, 1, 1);
        assertThat(past.filed()).containsExactly("1x40 4x20", "2x30", "3x1", "9x5");
        past.undo(regroup);
        assertThat(past.rows().get("events")).containsAll(before.get("events"));
        assertThat(past.filed()).as("what came since stays").containsExactly("1x40 4x20", "2x30", "3x1", "9x5");
    }

    @Test
    void titlesFollowTheRules() {
        Map<String, List<String>> before = past.rows();
        Regroup regroup = past.preview("2=2:Timeout 4=1");

        past.apply(regroup);

        assertThat(past.issues()).containsExactly("Kind 1 60 4", "Timeout 30 3", "Kind 3 1 1");
        assertThat(past.database.texts("SELECT DISTINCT title FROM events WHERE payload ->> 'kind' = '2'"))
                .containsExactly("Timeout");
        past.undo(regroup);
        assertRestored(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUndoingRestoresRowByRow(boolean runnersDie) {
        var store = new IssueActivityStore(past.database.pool, new DataSourceTransactionManager(past.database.pool));
        store.comment(past.issueOf(2), "seen it", ANN);
        new IssueTicketStore(past.database.pool, new DataSourceTransactionManager(past.database.pool))
                .add(past.issueOf(2), new WebAddress("https://example.com/tickets/1"), ANN);
        past.database
                .jdbc
                .sql("UPDATE issues SET status = 'ignored' WHERE title = 'Kind 2'")
                .update();
        Map<String, List<String>> before = past.rows();
        Regroup regroup = past.apply(past.preview("2=1 3=1"));
        assertThat(regroup.canBeUndone()).isTrue();

        assertThat(past.startUndoing(regroup)).isTrue();
        if (runnersDie) {
            past.finishJobsByRunnersThatDie(regroup);
        }
        past.finishJobs();

        assertThat(past.find(regroup).state()).isEqualTo(RegroupState.UNDONE);
        assertThat(past.rules()).isEqualTo("4=1");
        assertRestored(before);
        assertThat(past.database.texts(
                        "SELECT id::text FROM events_outbox WHERE value LIKE '%\"live\"%' OR packed IS NOT NULL"))
                .as("nothing alerts")
                .hasSameSizeAs(before.get("events_outbox"));
    }

    @Test
    void whatCameUnderTheNewRulesIsFiledByTheFormerOnes() {
        Regroup regroup = past.apply(past.preview("2=1 3=1"));
        past.store(2, 2, 9, 1);
        past.store(4, 2, 9, 1);
        past.store(8, 1, 9, 1);
        // Of a backlog: it arrived before.
        past.storeAt(Instant.now().minus(Duration.ofHours(40)), STRATEGY, 4, 2, 9, 1);

        past.undo(regroup);

        assertThat(past.filed()).containsExactly("1x40 4x24", "2x32", "3x1", "8x1");
        assertThat(past.issues()).containsExactly("Kind 1 64 5", "Kind 2 32 4", "Kind 3 1 1", "Kind 8 1 1");
        past.assertCountedExactly();
        past.store(2, 1, 9, 1);
        past.store(4, 1, 9, 1);
        assertThat(past.filed()).containsExactly("1x40 4x25", "2x33", "3x1", "8x1");
    }

    @Test
    void whatPeopleDidSinceStands() {
        Regroup regroup = past.apply(past.preview("2=1 3=1"));
        var merge = new IssueMerge(past.database.pool, new DataSourceTransactionManager(past.database.pool), past.jobs);
        past.store(6, 5, 1, 1);
        past.transaction.executeWithoutResult(_ -> merge.merge(1, past.issueOf(6), List.of(past.issueOf(1)), ANN));
        while (new JobRunner(past.jobs, List.of(merge)).runNext(() -> false)) {
            // Until the events are moved.
        }

        past.undo(regroup);

        assertThat(past.filed()).containsExactly("2x30", "3x1", "1x40 4x20 6x5");
        past.assertCountedExactly();
    }

    @Test
    void whatCountedExpiredEventsIsGivenAwayAndBack() {
        long second = past.issueOf(2);
        past.database
                .jdbc
                .sql("UPDATE issues SET expired_event_count = 5, event_count = event_count + 5 WHERE id = :id")
                .param("id", second)
                .update();
        past.database.jdbc.sql("""
                        INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events)
                        VALUES (:id, timestamptz '2026-01-01 10:00Z', '', 'error', 1, 5)
                        """).param("id", second).update();
        past.database.jdbc.sql("""
                        INSERT INTO issue_releases (issue_id, release, environment, project_id, events, expired_events, first_seen, last_seen)
                        VALUES (:id, '0.1', '', 1, 5, 5, timestamptz '2026-01-01 10:00Z', timestamptz '2026-01-01 10:30Z')
                        """).param("id", second).update();
        Map<String, List<String>> before = past.rows();
        Regroup regroup = past.preview("2=1 3=1 4=1");

        past.apply(regroup);

        assertThat(past.issues()).containsExactly("Kind 1 96 6");
        assertThat(past.database.texts("SELECT sum(events)::text FROM issue_hours"))
                .containsExactly("96");
        assertThat(past.database.texts("SELECT issue_id || ' ' || events FROM issue_releases WHERE release = '0.1'"))
                .containsExactly(past.issueOf(1) + " 5");
        past.undo(regroup);
        assertRestored(before);
        assertThat(past.database.texts("SELECT issue_id || ' ' || events FROM issue_releases WHERE release = '0.1'"))
                .containsExactly(second + " 5");
    }

    @Test
    void eventsThatAreOnlyCountedStayInTheirIssueAndGoWithItAsAWhole() {
        past.database.jdbc.sql("""
                        UPDATE events SET payload_kept = false, payload_json = '{}'
                        WHERE event_id IN (
                            SELECT event_id
                            FROM (SELECT event_id, payload ->> 'kind' AS kind,
                                         row_number() OVER (PARTITION BY payload ->> 'kind' ORDER BY received_at DESC) AS place
                                  FROM events) AS e
                            WHERE kind = '2' AND place <= 10 OR kind = '4' AND place <= 5)
                        """).update();
        Map<String, List<String>> before = past.rows();
        Regroup regroup = past.preview("2=1 3=1");
        assertThat(only(regroup, Kind.MERGE).events()).isEqualTo(61);
        assertThat(only(regroup, Kind.SPLIT).parts())
                .extracting(RegroupChange.Part::events)
                .containsExactly(40L, 15L);

        past.apply(regroup);

        assertThat(past.filed()).containsExactly("1x40 2x20 3x1", "4x15");
        assertThat(past.issues()).containsExactly("Kind 1 76 6", "Kind 4 15 2");
        assertThat(past.database.texts(
                        "SELECT sum(payloads) || ' ' || sum(only_counted) FROM issue_days GROUP BY issue_id"))
                .containsExactly("61 15");
        past.assertCountedExactly();
        past.undo(regroup);
        assertRestored(before);
        assertThat(past.database.texts("""
                        SELECT sum(payloads) || ' ' || sum(only_counted) FROM issue_days GROUP BY issue_id ORDER BY issue_id
                        """)).containsExactly("55 5", "20 10");
    }

    @Test
    void oneAtATimeAndOnlyWhileTheRulesAreThose() {
        Regroup begun = past.begin("2=1");
        assertThat(past.regroups.preview(1, STRATEGY, new Rules("", ""), Duration.ofDays(3), ANN))
                .as("while a job works on another")
                .isEmpty();
        past.finishJobs();
        Regroup other = past.preview("3=1");
        past.changeRules("5=1");

        assertThat(past.find(begun).standing().formerRulesHold()).isFalse();
        assertThat(past.startApplying(begun))
                .as("the rules are others than then")
                .isFalse();
        past.changeRules("4=1");
        past.apply(begun);
        assertThat(past.startApplying(other))
                .as("after another one was applied")
                .isFalse();
        assertThat(past.startApplying(begun)).as("twice").isFalse();
        past.changeRules("6=1");
        assertThat(past.startUndoing(begun))
                .as("the rules are no longer its own")
                .isFalse();
        past.changeRules("2=1");
        Regroup next = past.apply(past.preview("2=1 3=1"));
        assertThat(past.startUndoing(begun)).as("not the last one").isFalse();
        past.undo(next);
        past.undo(begun);
        assertThat(past.rules()).isEqualTo("4=1");
    }

    @Test
    void rulesThatChangeJustBeforeTheSwitchEndIt() {
        Regroup regroup = past.preview("2=1");
        past.startApplying(regroup);
        past.changeRules("5=1");
        List<String> filed = past.filed();

        past.finishJobs();

        assertThat(past.find(regroup).state()).isEqualTo(RegroupState.FAILED);
        assertThat(past.find(regroup).failure()).contains("changed by bob@example.com");
        assertThat(past.find(regroup).canBeUndone()).as("nothing was changed").isFalse();
        assertThat(past.filed()).isEqualTo(filed);
        assertThat(past.rules()).isEqualTo("5=1");
    }

    @Test
    void aPreviewCanBeCancelled() {
        Regroup begun = past.begin("2=1");

        assertThat(past.transaction.<Boolean>execute(_ -> past.regroups.cancel(begun, "ann@example.com")))
                .isTrue();
        past.finishJobs();

        assertThat(past.find(begun).state()).isEqualTo(RegroupState.CANCELLED);
        assertThat(past.database.texts("SELECT state FROM jobs")).containsExactly("cancelled");
        past.preview("2=1");
    }

    @Test
    void regroupsAreKeptForThirtyDays() {
        Regroup regroup = past.apply(past.preview("2=1 3=1"));
        past.database
                .jdbc
                .sql("UPDATE regroups SET created_at = now() - interval '31 days'")
                .update();
        var transactions = new DataSourceTransactionManager(past.database.pool);

        new ExpiryRun(
                        past.database.pool,
                        transactions,
                        new BlobSweep(past.database.pool, transactions, new PostgresBlobStore(past.database.pool)),
                        Retention.unlimited())
                .run(Instant.now(), () -> false);

        assertThat(past.regroups.find(regroup.id())).isEmpty();
        for (String table : List.of("regroup_groups", "regrouped_events", "regrouped_hashes", "regrouped_issues")) {
            assertThat(past.database.texts("SELECT 1::text FROM " + table))
                    .as(table)
                    .isEmpty();
        }
    }

    private static RegroupChange only(Regroup regroup, Kind kind) {
        List<RegroupChange> changes =
                past.regroups.changes(regroup.id(), kind, 0, 10).entries();
        assertThat(changes).hasSize(1);
        return changes.getFirst();
    }

    /** All is as it was, but for what is told of it. */
    private static void assertRestored(Map<String, List<String>> before) {
        Map<String, List<String>> after = past.rows();
        for (String table : before.keySet()) {
            if (!List.of("events_outbox", "issue_activities").contains(table)) {
                assertThat(after.get(table)).as(table).isEqualTo(before.get(table));
            }
        }
        assertThat(after.get("issue_activities")).containsAll(before.get("issue_activities"));
    }
}
