package dev.resentry.storage.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.project.ProjectProcessingStore;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Past the cap of a project, events are counted as exactly as any others, and their payloads are not kept. */
@Timeout(120)
class PayloadCapIT {
    private static final int CAP = 10;

    private static final String DAYS = """
            SELECT payloads || ' ' || only_counted FROM issue_days WHERE project_id = %d ORDER BY issue_id, day
            """;

    private static Instant today;
    private static RollupDatabase database;
    private static ProjectProcessingStore settings;

    @BeforeAll
    static void start() {
        today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        settings = new ProjectProcessingStore(database.jdbc);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void threeProcessorsKeepAsManyPayloadsAsTheCapSaysAndCountAllEventsOnce() throws Exception {
        database.addProject(1);
        database.addProject(2);
        settings.replacePayloadCap(1, CAP, 0, "jane@example.com");
        List<BatchRecord> events = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            events.add(event(1, i, 1 + i % 2, today));
        }
        for (int i = 0; i < 6; i++) {
            events.add(event(1, i, 1, today.minus(1, ChronoUnit.DAYS)));
        }
        for (int i = 0; i < 30; i++) {
            events.add(event(2, i, 3, today));
        }

        try (ExecutorService processors = Executors.newFixedThreadPool(3)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<BatchRecord> mine = new ArrayList<>(events);
                Collections.shuffle(mine, new Random(i));
                running.add(processors.submit(() -> store(mine)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        store(events.reversed());

        assertThat(database.texts("""
                        SELECT concat_ws(' ', project_id, received_at::date - current_date, count(*),
                                         count(*) FILTER (WHERE payload_kept))
                        FROM events GROUP BY project_id, issue_id, received_at::date ORDER BY 1
                        """))
                .as("project, day, events, payloads; of each issue")
                .containsExactly("1 -1 6 6", "1 0 120 10", "1 0 120 10", "2 0 30 30");
        assertThat(database.texts("SELECT event_count::text FROM issues ORDER BY issues.event_count"))
                .containsExactly("30", "120", "126");
        assertThat(database.texts("SELECT users_affected::text FROM issues WHERE project_id = 1 ORDER BY 1"))
                .as("the six of yesterday brought three users more")
                .containsExactly("40", "43");
        assertThat(database.texts(
                        "SELECT DISTINCT (last_seen = (SELECT max(occurred_at) FROM events WHERE issue_id = i.id))::text"
                                + " FROM issues i"))
                .containsExactly("true");
        Map<String, List<String>> counted = database.rollups();
        database.forgetRollups();
        database.rebuildAll(today.minus(Duration.ofDays(3)), today.plus(Duration.ofDays(1)));
        assertThat(database.rollups())
                .as("from rows alone, with and without payloads")
                .isEqualTo(counted);
        assertThat(database.texts(DAYS.formatted(1)))
                .as("made again with the roll-ups; of yesterday nothing is missing")
                .containsExactly("10 110", "10 110");
    }

    @Test
    void anIssueThatTakesOverTheEventsOfAnotherKeepsTheirPayloadsAndNoMore() {
        database.addProject(5);
        settings.replacePayloadCap(5, 2, 0, "jane@example.com");
        store(List.of(event(5, 1, 51, today), event(5, 2, 51, today), event(5, 3, 51, today)));
        store(List.of(event(5, 4, 52, today), event(5, 5, 52, today), event(5, 6, 52, today)));
        assertThat(database.texts(DAYS.formatted(5))).containsExactly("2 1", "2 1");

        database.jdbc.sql("""
                        UPDATE events SET issue_id = (SELECT min(id) FROM issues WHERE project_id = 5) WHERE project_id = 5
                        """).update();
        database.rebuildAll(today, today.plus(Duration.ofDays(1)));
        assertThat(database.texts(DAYS.formatted(5))).containsExactly("4 2");
        store(List.of(event(5, 7, 51, today)));

        long issue = database.jdbc
                .sql("SELECT min(id) FROM issues WHERE project_id = 5")
                .query(Long.class)
                .single();
        List<CappedDay> days = new EventQueries(database.jdbc).cappedDays(issue, 10);
        assertThat(days).extracting(CappedDay::payloads, CappedDay::onlyCounted).containsExactly(tuple(4L, 3L));
        assertThat(database.texts("SELECT replace(event_id::text, '-', '') FROM events WHERE project_id = 5"
                        + " ORDER BY received_at LIMIT 1"))
                .as("where the payloads are")
                .containsExactly(String.valueOf(days.getFirst().firstEventId()));
    }

    @Test
    void aCapHoldsAtOnceForTheWholeDayAndUntilItIsTakenAway() {
        database.addProject(7);
        store(List.of(event(7, 1, 7, today)));
        settings.replacePayloadCap(7, 1, 0, "jane@example.com");
        store(List.of(event(7, 2, 7, today), event(7, 3, 7, today)));
        settings.replacePayloadCap(7, 3, 1, "jane@example.com");
        store(List.of(event(7, 4, 7, today), event(7, 5, 7, today), event(7, 6, 7, today)));
        settings.replacePayloadCap(7, null, 2, "jane@example.com");
        store(List.of(event(7, 7, 7, today)));

        assertThat(database.texts(
                        "SELECT payload_kept::text FROM events WHERE project_id = 7 ORDER BY tags->>'number'"))
                .containsExactly("true", "false", "false", "true", "true", "false", "true");
    }

    @Test
    void aCapThatIsSetOnceMoreKnowsWhatWasKeptWithoutOne() {
        database.addProject(8);
        settings.replacePayloadCap(8, 2, 0, "jane@example.com");
        store(List.of(event(8, 1, 8, today), event(8, 2, 8, today), event(8, 3, 8, today)));
        settings.replacePayloadCap(8, null, 1, "jane@example.com");
        store(List.of(event(8, 4, 8, today), event(8, 5, 8, today)));
        store(List.of(event(8, 6, 88, today)));
        assertThat(database.texts(DAYS.formatted(8)))
                .as("an issue that no cap was held against has no row")
                .containsExactly("4 1");

        settings.replacePayloadCap(8, 5, 2, "jane@example.com");
        store(List.of(event(8, 7, 8, today), event(8, 8, 8, today)));

        assertThat(database.texts(DAYS.formatted(8))).containsExactly("5 2");
        assertThat(database.texts(
                        "SELECT payload_kept::text FROM events WHERE project_id = 8 ORDER BY tags->>'number'"))
                .containsExactly("true", "true", "false", "true", "true", "true", "true", "false");
    }

    private static BatchRecord event(long project, int number, int kind, Instant at) {
        var said = new Said(
                project,
                kind,
                at.plusMillis(number),
                at.plusMillis(number),
                "production",
                "error",
                "1." + number % 3,
                number % 80L,
                Map.of("number", Integer.toString(number)));
        return RollupDatabase.event(said, RollupDatabase.hash("s1", kind), List.of());
    }

    private static void store(List<BatchRecord> events) {
        for (int from = 0; from < events.size(); from += 17) {
            database.batches.store(events.subList(from, Math.min(events.size(), from + 17)));
        }
    }
}
