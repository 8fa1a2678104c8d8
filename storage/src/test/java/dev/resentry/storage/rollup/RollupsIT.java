package dev.resentry.storage.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.storage.blob.BlobSweep;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.expiry.ExpiryRun;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.retention.Retention;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What is counted of events, on a real database. */
@Timeout(120)
class RollupsIT {
    /** Minutes are kept by the clock of the process, so events are told from now on. */
    private static Instant now;

    private static Instant longAgo;

    private static RollupDatabase database;

    @BeforeAll
    static void start() {
        now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        longAgo = now.minus(Duration.ofDays(6));
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
        database.jdbc.sql("""
                        TRUNCATE envelopes, envelope_items, events, event_identities, issue_hashes, issues, issue_hours,
                                 issue_users, issue_tags, issue_tag_keys, issue_releases, release_hours, project_minutes, project_hours
                        """).update();
    }

    @Test
    void countsAreThoseOfTheEventsWhateverTheirOrderAndHoweverOftenTheyCome() {
        List<BatchRecord> events = events(600, 1);
        Collections.shuffle(events, new Random(2));

        store(events, 7);
        Map<String, List<String>> counted = database.rollups();
        store(events.reversed(), 50);

        assertThat(counted)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        assertThat(database.rollups()).as("all of it came again").isEqualTo(counted);
        assertCounted();
    }

    @Test
    void rebuildingGivesTheRowsThatAreThereAlsoAfterAllAreGone() {
        List<BatchRecord> events = events(600, 3);
        Collections.shuffle(events, new Random(4));
        store(events, 23);
        Map<String, List<String>> counted = database.rollups();

        database.rebuildAll(longAgo, now);
        assertThat(database.rollups()).as("over what is there").isEqualTo(counted);

        database.forgetRollups();
        database.rebuildAll(longAgo, now);
        assertThat(database.rollups()).as("from events alone").isEqualTo(counted);
    }

    @Test
    void ofTooManyValuesOfATagThoseThatCameFirstAreCountedApart() {
        List<BatchRecord> events = new ArrayList<>();
        for (int i = 0; i < 1_300; i++) {
            events.add(tagged(i, Map.of("request", "r" + i % 1_200, "kind", "k" + i % 3, "empty", "")));
        }
        store(events, 100);

        assertThat(database.number("SELECT count(*) FROM issue_tags WHERE key = 'request'"))
                .isEqualTo(1_001);
        assertThat(database.number("SELECT events FROM issue_tags WHERE key = 'request' AND value = ''"))
                .isEqualTo(200);
        assertThat(database.number("SELECT sum(events) FROM issue_tags WHERE key = 'request'"))
                .isEqualTo(1_300);
        assertThat(database.texts("SELECT key || named_values FROM issue_tag_keys ORDER BY key"))
                .containsExactly("kind3", "level1", "request1000");

        Map<String, List<String>> counted = database.rollups();
        database.rebuildAll(longAgo, now);
        assertThat(database.rollups()).isEqualTo(counted);
        database.forgetRollups();
        database.rebuildAll(longAgo, now);
        assertThat(database.rollups()).isEqualTo(counted);
    }

    @Test
    void ofTooManyKeysThoseThatCameFirstAreCounted() {
        List<BatchRecord> events = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            events.add(tagged(i, Map.of("key" + i, "v", "x".repeat(300), "\ud83d\ude00".repeat(300))));
        }
        store(events, 10);

        assertThat(database.number("SELECT count(DISTINCT key) FROM issue_tags WHERE key <> ''"))
                .isEqualTo(100);
        assertThat(database.texts("SELECT value || ':' || events FROM issue_tags WHERE key = ''"))
                .as("122 keys, the level among them")
                .containsExactly(":22");
        assertThat(database.number("SELECT char_length(value) FROM issue_tags WHERE key LIKE 'xx%'"))
                .isEqualTo(200);
        Map<String, List<String>> counted = database.rollups();
        database.forgetRollups();
        database.rebuildAll(longAgo, now);
        assertThat(database.rollups()).isEqualTo(counted);
    }

    @Test
    void processorsAndRebuildsAtOnceLoseNothing() throws Exception {
        List<BatchRecord> events = events(900, 5);
        store(events.subList(0, 100), 100);

        try (ExecutorService processors = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<BatchRecord> mine = new ArrayList<>(events);
                Collections.shuffle(mine, new Random(i));
                running.add(processors.submit(() -> store(mine, 20)));
            }
            running.add(processors.submit(() -> {
                for (int i = 0; i < 5; i++) {
                    database.rebuildAll(longAgo, now);
                }
            }));
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(database.number("SELECT count(*) FROM events")).isEqualTo(900);
        assertCounted();
        Map<String, List<String>> counted = database.rollups();
        database.forgetRollups();
        database.rebuildAll(longAgo, now);
        assertThat(database.rollups()).isEqualTo(counted);
    }

    @Test
    void theFirstAndTheLastReleaseAreThoseOfTheEventsThatHaveOne() {
        List<BatchRecord> events = new ArrayList<>();
        events.add(released(1, null));
        events.add(released(2, "b"));
        events.add(released(3, "a"));
        events.add(released(3, "c"));
        events.add(released(4, null));
        for (int seed = 0; seed < 6; seed++) {
            empty();
            Collections.shuffle(events, new Random(seed));
            store(events, 1 + seed % 3);

            assertThat(database.texts("SELECT first_release || last_release FROM issues"))
                    .containsExactly("bc");
        }
    }

    @Test
    void whatHasExpiredStaysCountedWhenTheRestIsCountedAgain() {
        Instant old = now.minus(Duration.ofDays(4));
        List<BatchRecord> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Instant at = (i < 10 ? old : now).minusSeconds(i);
            events.add(RollupDatabase.event(new Said(
                    1, 1, at, at, "e" + i % 2, "error", "r" + i, (long) i, Map.of("part", i < 10 ? "old" : "new"))));
        }
        store(events, 10);
        Map<String, List<String>> counted = database.rollups();
        // As retention does it.
        database.texts("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'events'::regclass").stream()
                .filter(partition -> partition.compareTo("events_"
                                + now.minus(Duration.ofDays(2))
                                        .toString()
                                        .substring(0, 10)
                                        .replace("-", ""))
                        < 0)
                .forEach(partition ->
                        database.jdbc.sql("DROP TABLE " + partition).update());
        database.jdbc.sql("UPDATE issues SET expired_event_count = 10").update();
        // By release it is noted row by row, which is another test.
        counted.remove("issue_releases");

        database.rebuildAll(longAgo, now);

        assertThat(database.number("SELECT count(*) FROM events")).isEqualTo(20);
        Map<String, List<String>> rebuilt = database.rollups();
        rebuilt.remove("issue_releases");
        assertThat(rebuilt).isEqualTo(counted);
    }

    @Test
    void whatHasExpiredStaysCountedByReleaseAsLongAsTheReleaseIsSeen() {
        Instant old = now.minus(Duration.ofDays(5));
        List<BatchRecord> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Instant at = (i < 20 ? old : now).minusSeconds(i);
            String release = i < 5 ? "gone" : "r" + i % 3;
            events.add(RollupDatabase.event(new Said(1, 1, at, at, "e" + i % 2, "error", release, (long) i, Map.of())));
        }
        store(events, 10);
        String rows = """
                SELECT concat_ws('|', release, environment, events, first_seen, last_seen, encode(users, 'hex')) FROM issue_releases
                WHERE release <> 'gone' ORDER BY 1
                """;
        List<String> counted = database.texts(rows);
        var transactions = new DataSourceTransactionManager(database.pool);
        var blobs = new BlobSweep(database.pool, transactions, new PostgresBlobStore(database.pool));

        assertThat(new ExpiryRun(database.pool, transactions, blobs, Retention.ofDays(2)).run(now, () -> false))
                .isPresent();
        database.rebuildAll(longAgo, now);

        assertThat(database.number("SELECT count(*) FROM events")).isEqualTo(20);
        assertThat(database.texts(rows)).isEqualTo(counted);
        assertThat(database.number("SELECT sum(expired_events) FROM issue_releases"))
                .isEqualTo(15);
        assertThat(database.number("SELECT count(*) FROM issue_releases WHERE release = 'gone'"))
                .isZero();
    }

    @Test
    void whatIsNotThereIsNotRebuilt() {
        assertThat(database.rebuild.rebuildIssue(999)).isFalse();
        assertThat(database.rebuild.rebuildProject(999, longAgo, now)).isFalse();
    }

    @Test
    void minutesAreKeptForTwoDays() {
        store(events(300, 6), 100);
        var expiry = new RollupExpiry(database.jdbc);
        long all = database.number("SELECT count(*) FROM project_minutes");

        assertThat(all).isPositive();
        assertThat(database.number(
                        "SELECT count(*) FROM project_minutes WHERE minute < now() - interval '48 hours 2 minutes'"))
                .as("older ones are not even written")
                .isZero();
        assertThat(expiry.deleteMinutes(Instant.now(), 1_000)).isZero();
        Instant later = now.plus(Duration.ofHours(50));
        assertThat(expiry.deleteMinutes(later, 3)).isEqualTo(3);
        assertThat(expiry.deleteMinutes(later, 100_000)).isEqualTo((int) all - 3);
    }

    /** Counted by the database, in another way than by the code. */
    private static void assertCounted() {
        assertThat(database.texts("""
                SELECT concat_ws('|', issue_id, hour, environment, level, events) FROM issue_hours ORDER BY 1
                """)).isEqualTo(database.texts("""
                SELECT concat_ws('|', issue_id, date_trunc('hour', occurred_at), coalesce(environment, ''), level, count(*))
                FROM events GROUP BY issue_id, date_trunc('hour', occurred_at), coalesce(environment, ''), level ORDER BY 1
                """));
        assertThat(database.texts("""
                SELECT concat_ws('|', project_id, minute, level, environment, events) FROM project_minutes ORDER BY 1
                """)).isEqualTo(database.texts("""
                SELECT concat_ws('|', project_id, date_trunc('minute', occurred_at), level, coalesce(environment, ''), count(*))
                FROM events WHERE occurred_at > now() - interval '48 hours'
                GROUP BY project_id, date_trunc('minute', occurred_at), level, coalesce(environment, '') ORDER BY 1
                """));
        assertThat(database.texts("""
                SELECT concat_ws('|', issue_id, release, environment, events, first_seen, last_seen) FROM issue_releases ORDER BY 1
                """)).isEqualTo(database.texts("""
                SELECT concat_ws('|', issue_id, release, coalesce(environment, ''), count(*), min(occurred_at), max(occurred_at))
                FROM events WHERE release IS NOT NULL GROUP BY issue_id, release, coalesce(environment, '') ORDER BY 1
                """));
        assertThat(
                        database.texts(
                                "SELECT concat_ws('|', project_id, release, hour, environment, events) FROM release_hours ORDER BY 1"))
                .isEqualTo(database.texts("""
                SELECT concat_ws('|', project_id, release, date_trunc('hour', occurred_at), coalesce(environment, ''), count(*))
                FROM events WHERE release IS NOT NULL
                GROUP BY project_id, release, date_trunc('hour', occurred_at), coalesce(environment, '') ORDER BY 1
                """));
        assertThat(database.number("SELECT sum(events) FROM project_hours"))
                .isEqualTo(database.number("SELECT count(*) FROM events"));
        assertThat(database.texts("SELECT concat_ws('|', id, users_affected) FROM issues ORDER BY 1"))
                .isEqualTo(database.texts("""
                        SELECT concat_ws('|', issue_id, count(DISTINCT user_hash)) FROM events GROUP BY issue_id ORDER BY 1
                        """));
        assertThat(database.texts("""
                SELECT concat_ws('|', issue_id, key, value, events, last_seen) FROM issue_tags WHERE key = 'colour' ORDER BY 1
                """)).isEqualTo(database.texts("""
                SELECT concat_ws('|', issue_id, 'colour', tags ->> 'colour', count(*), max(occurred_at))
                FROM events GROUP BY issue_id, tags ->> 'colour' ORDER BY 1
                """));
    }

    private static void store(List<BatchRecord> events, int atOnce) {
        for (int i = 0; i < events.size(); i += atOnce) {
            database.batches.store(events.subList(i, Math.min(i + atOnce, events.size())));
        }
    }

    /** Of two projects with five kinds of events each, arrived in the last two days; a sixth of them late. */
    private static List<BatchRecord> events(int count, int seed) {
        var random = new Random(seed);
        List<BatchRecord> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant receivedAt = now.minus(Duration.ofMinutes(random.nextInt(24 * 60)));
            // None at the edge of what is kept by minute.
            Instant occurredAt = random.nextInt(6) == 0
                    ? receivedAt.minus(Duration.ofHours(80))
                    : receivedAt.minus(Duration.ofSeconds(random.nextInt(5)));
            int release = random.nextInt(5);
            events.add(RollupDatabase.event(new Said(
                    1 + random.nextInt(2),
                    random.nextInt(5),
                    receivedAt,
                    occurredAt,
                    random.nextBoolean() ? null : "staging",
                    random.nextInt(4) == 0 ? "warning" : "error",
                    release == 0 ? null : "shop@" + release,
                    random.nextInt(3) == 0 ? null : random.nextLong(40),
                    Map.of("colour", "c" + random.nextInt(4), "level", "of the SDK"))));
        }
        return events;
    }

    private static BatchRecord tagged(int number, Map<String, String> tags) {
        Instant at = now.minusSeconds(5_000 - number);
        return RollupDatabase.event(new Said(1, 1, at, at, null, "error", null, null, tags));
    }

    private static BatchRecord released(int minute, String release) {
        Instant at = now.minus(Duration.ofHours(1)).plus(Duration.ofMinutes(minute));
        return RollupDatabase.event(new Said(1, 1, at, at, null, "error", release, null, Map.of()));
    }
}
