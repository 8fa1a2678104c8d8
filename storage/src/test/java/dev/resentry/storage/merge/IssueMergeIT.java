package dev.resentry.storage.merge;

import static dev.resentry.storage.rollup.RollupDatabase.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.issue.GroupingHash;
import dev.resentry.model.repository.WebAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueTicketStore;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.job.JobRunner;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.merge.IssueMerge.Started;
import dev.resentry.storage.merge.IssueMerge.Unmerge;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Issues that are merged and taken apart, on a real database. */
@Timeout(120)
class IssueMergeIT {
    private static final Author ANN = new Author(1, "Ann", "ann@example.com");

    private static RollupDatabase database;
    private static JobStore jobs;
    private static IssueMerge merge;
    private static IssueActivityStore activity;

    @BeforeAll
    static void start() {
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
        jobs = new JobStore(database.jdbc);
        var transactions = new DataSourceTransactionManager(database.pool);
        merge = new IssueMerge(database.pool, transactions, jobs);
        activity = new IssueActivityStore(database.pool, transactions);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc.sql("""
                        TRUNCATE envelopes, envelope_items, events, event_identities, issue_hashes, issues, issue_hours, issue_users,
                                 issue_tags, issue_tag_keys, issue_releases, release_hours, project_minutes, project_hours, merged_issues,
                                 issue_activities, issue_tickets
                        """).update();
        List<BatchRecord> events = new ArrayList<>();
        // Users 0 to 3 meet the first, 2 to 4 the second, 5 the third.
        for (int i = 0; i < 40; i++) {
            events.add(event(1, i % 4));
        }
        for (int i = 0; i < 30; i++) {
            events.add(event(2, 2 + i % 3));
        }
        events.add(event(3, 5));
        database.batches.store(events);
    }

    @Test
    void mergedIssuesAreOneWithTheCountsAndUsersOfAll() {
        Started started = merge.merge(1, issue(1), List.of(issue(2)), ANN).orElseThrow();

        assertThat(counts()).as("counted at once").containsExactly("70 4", "1 1");
        finishJobs();

        assertThat(started.issues()).isEqualTo(1);
        assertThat(counts()).containsExactly("70 5", "1 1");
        assertCountedExactly();
        database.batches.store(List.of(event(2, 9)));
        assertThat(counts()).as("what comes joins it").containsExactly("71 6", "1 1");
    }

    @Test
    void whatWasMergedLeadsToWhereItWent() {
        long first = issue(1);
        long second = issue(2);
        long third = issue(3);
        activity.comment(second, "seen it", ANN);
        merge.merge(1, second, List.of(first), ANN);
        merge.merge(1, third, List.of(second), ANN);
        finishJobs();

        var queries = new IssueQueries(database.jdbc);
        assertThat(queries.find(first)).map(StoredIssue::id).contains(third);
        assertThat(queries.find(second)).map(StoredIssue::id).contains(third);
        assertThat(counts()).containsExactly("71 6");
        assertThat(database.texts(
                        "SELECT kind || comment_count FROM issue_activities a JOIN issues i ON i.id = a.issue_id"
                                + " ORDER BY a.id"))
                .containsExactly("comment1", "merge1", "merge1");
        assertCountedExactly();
    }

    @Test
    void ticketsGoWhereTheirIssueWentAndAnAddressCountsOnce() {
        var tickets = new IssueTicketStore(database.pool, new DataSourceTransactionManager(database.pool));
        long first = issue(1);
        long second = issue(2);
        var shared = new WebAddress("https://example.com/tickets/1");
        tickets.add(first, new WebAddress("https://example.com/tickets/0"), ANN);
        tickets.add(first, shared, ANN);
        tickets.add(second, shared, ANN);
        tickets.add(second, new WebAddress("https://example.com/tickets/2"), ANN);

        merge.merge(1, first, List.of(second), ANN);
        finishJobs();

        assertThat(tickets.of(first))
                .extracting(ticket -> ticket.url().substring("https://example.com/tickets/".length()))
                .containsExactly("0", "1", "2");
        assertThat(tickets.of(second)).isEmpty();
        assertThat(tickets.remove(first, tickets.of(first).get(1).id(), ANN)).isTrue();
        assertThat(tickets.of(first)).hasSize(2);
        merge.unmerge(1, first, List.of(hash("s", 2).hex()), ANN);
        finishJobs();
        assertThat(tickets.of(first))
                .as("nobody knows which of them is about what")
                .hasSize(2);
    }

    @Test
    void hashesThatAreTakenOutMakeAnIssueWithTheirCountsAndUsers() {
        merge.merge(1, issue(1), List.of(issue(2), issue(3)), ANN);
        finishJobs();
        assertThat(counts()).containsExactly("71 6");

        Unmerge unmerge = merge.unmerge(1, issue(1), List.of(hash("s", 2).hex()), ANN);
        finishJobs();

        assertThat(unmerge).isInstanceOf(Unmerge.Begun.class);
        assertThat(counts()).containsExactly("41 5", "30 3");
        assertThat(issue(2)).isEqualTo(((Unmerge.Begun) unmerge).started().issueId());
        assertCountedExactly();
        database.batches.store(List.of(event(2, 9), event(1, 9)));
        assertThat(counts()).containsExactly("42 6", "31 4");
    }

    @Test
    void anIssueKeepsSomethingAndGivesOnlyWhatIsIts() {
        assertThat(merge.unmerge(1, issue(1), List.of(hash("s", 1).hex()), ANN))
                .isInstanceOf(Unmerge.NothingLeft.class);
        assertThat(merge.unmerge(1, issue(1), List.of(hash("s", 2).hex()), ANN))
                .isInstanceOf(Unmerge.UnknownHash.class);
        assertThat(merge.unmerge(1, 99_999, List.of(hash("s", 2).hex()), ANN)).isInstanceOf(Unmerge.NoIssue.class);
        assertThat(merge.merge(1, issue(1), List.of(issue(1), 99_999L), ANN)).isEmpty();
        assertThat(merge.merge(2, issue(1), List.of(issue(2)), ANN))
                .as("of another project")
                .isEmpty();
        assertThat(counts()).containsExactly("40 4", "30 3", "1 1");
    }

    @Test
    void whatWasCountedOfExpiredEventsStays() {
        database.jdbc
                .sql("UPDATE issues SET expired_event_count = 5, event_count = event_count + 5 WHERE id = :id")
                .param("id", issue(2))
                .update();
        database.jdbc.sql("""
                        INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events)
                        VALUES (:id, timestamptz '2026-01-01 10:00Z', '', 'error', 1, 5)
                        """).param("id", issue(2)).update();
        database.jdbc.sql("""
                        INSERT INTO issue_releases (issue_id, release, environment, project_id, events, expired_events, first_seen,
                                                    last_seen)
                        VALUES (:id, '0.9', '', 1, 5, 5, timestamptz '2026-01-01 10:00Z', timestamptz '2026-01-01 10:30Z')
                        """).param("id", issue(2)).update();

        merge.merge(1, issue(1), List.of(issue(2)), ANN);
        finishJobs();

        assertThat(counts()).containsExactly("75 5", "1 1");
        assertThat(database.texts("SELECT sum(events)::text FROM issue_hours WHERE issue_id = " + issue(1)))
                .containsExactly("75");
        assertThat(database.texts("SELECT release || ' ' || events || ' ' || expired_events FROM issue_releases"
                        + " WHERE issue_id = " + issue(1) + " ORDER BY 1"))
                .containsExactly("0.9 5 5", "1.0 70 0");
    }

    private static void assertCountedExactly() {
        Map<String, List<String>> counted = database.rollups();
        database.forgetRollups();
        database.rebuildAll(Instant.now().minus(Duration.ofDays(6)), Instant.now());
        assertThat(database.rollups()).isEqualTo(counted);
    }

    private static void finishJobs() {
        while (new JobRunner(jobs, List.of(merge)).runNext(() -> false)) {
            // Until no job is left.
        }
    }

    private static long issue(int kind) {
        GroupingHash hash = hash("s", kind);
        return database.jdbc
                .sql("SELECT issue_id FROM issue_hashes WHERE strategy = :strategy AND hash = :hash")
                .param("strategy", hash.strategy())
                .param("hash", hash.toByteArray())
                .query(Long.class)
                .single();
    }

    private static List<String> counts() {
        return database.texts("SELECT event_count || ' ' || users_affected FROM issues ORDER BY id");
    }

    private static BatchRecord event(int kind, long user) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return RollupDatabase.event(
                new Said(1, kind, now, now, null, "error", "1.0", user, Map.of("kind", "k" + kind)),
                hash("s", kind),
                List.of());
    }
}
