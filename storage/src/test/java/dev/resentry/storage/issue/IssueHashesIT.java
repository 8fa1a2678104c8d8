package dev.resentry.storage.issue;

import static dev.resentry.storage.rollup.RollupDatabase.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.issue.GroupingHash;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.Said;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which issue an event joins, on a real database. */
@Timeout(120)
class IssueHashesIT {
    private static final GroupingHash OLD = hash("old", 1);
    private static final GroupingHash ALL_FRAMES = hash("new", 10);

    private static RollupDatabase database;

    @BeforeAll
    static void start() {
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
        database.addProject(2);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc
                .sql(
                        "TRUNCATE envelopes, envelope_items, events, event_identities, issue_hashes, issues, grouping_strategies")
                .update();
    }

    @Test
    void aChangedStrategyFindsTheIssuesOfTheOneBefore() {
        store(event(1, OLD));
        store(event(1, hash("new", 2), OLD));
        store(event(1, hash("new", 2)));

        assertThat(counts()).containsExactly("1: 3");
        assertThat(hashes()).containsExactly("new 2", "old 1");
    }

    @Test
    void aStrategyIsTheFirstOneWhereThereAreNoIssues() {
        var strategies = new GroupingStrategies(database.jdbc);

        assertThat(strategies.since("first")).isEqualTo(Instant.EPOCH);
        store(event(1, OLD));
        assertThat(strategies.since("first")).as("what it was").isEqualTo(Instant.EPOCH);
        assertThat(strategies.since("second"))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @Test
    void hashesOfAnEarlierStrategyAreNotMadeAnew() {
        store(event(1, hash("new", 2), OLD));
        store(event(1, hash("new", 3), OLD));

        assertThat(counts()).as("what the old rules merged is told apart").containsExactly("1: 1", "1: 1");
    }

    @Test
    void eventsWhoseFramesAreMarkedOtherwiseShareAnIssue() {
        store(event(1, hash("new", 2), ALL_FRAMES));
        store(event(1, hash("new", 3), ALL_FRAMES));
        store(event(1, hash("new", 3)));

        assertThat(counts()).containsExactly("1: 3");
    }

    @Test
    void theyShareItInOneBatchToo() {
        store(
                event(1, hash("new", 2), ALL_FRAMES),
                event(1, hash("new", 3), ALL_FRAMES),
                event(1, hash("new", 4), hash("new", 11)));

        assertThat(counts()).containsExactly("1: 1", "1: 2");
    }

    @Test
    void eventsOfSeveralHashesOfAnIssueInOneBatchAllCount() {
        store(event(1, hash("new", 2), ALL_FRAMES));
        store(event(1, hash("new", 3), ALL_FRAMES));

        store(event(1, hash("new", 2)), event(1, hash("new", 3)), event(1, hash("new", 2)));

        assertThat(counts()).containsExactly("1: 5");
    }

    @Test
    void theFirstOtherHashThatIsKnownDecides() {
        store(event(1, OLD));
        store(event(1, hash("new", 2), ALL_FRAMES));
        store(event(1, hash("new", 3), ALL_FRAMES, OLD));

        assertThat(counts()).containsExactly("1: 1", "1: 2");
    }

    @Test
    void projectsAreApart() {
        store(event(1, hash("new", 2), ALL_FRAMES));
        store(event(2, hash("new", 3), ALL_FRAMES));

        assertThat(counts()).containsExactly("1: 1", "2: 1");
    }

    private static BatchRecord event(long project, GroupingHash hash, GroupingHash... others) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return RollupDatabase.event(
                new Said(project, 0, now, now, null, "error", null, null, Map.of()), hash, List.of(others));
    }

    private static void store(BatchRecord... records) {
        database.batches.store(List.of(records));
    }

    private static List<String> counts() {
        return database.texts("SELECT project_id || ': ' || event_count FROM issues ORDER BY 1");
    }

    private static List<String> hashes() {
        return database.texts("SELECT strategy || ' ' || get_byte(hash, 15) FROM issue_hashes ORDER BY 1");
    }
}
