package dev.resentry.storage.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases that come into being by events, on a real database. */
@Timeout(120)
class ReleaseWriterIT {
    private static Instant now;
    private static RollupDatabase database;

    @BeforeAll
    static void start() {
        now = Instant.now().truncatedTo(ChronoUnit.MICROS);
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
        database.jdbc.sql("DELETE FROM releases").update();
    }

    @Test
    void anEventMakesItsReleaseAndOneWithoutMakesNone() {
        database.batches.store(List.of(event(1, "shop@1.2.0", 5), event(2, "nightly", 3), event(1, null, 1)));

        assertThat(releases()).containsExactly("1 shop@1.2.0 -5 -5 by its version", "2 nightly -3 -3 by its date");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void releasesAreTheSameWhateverTheOrderOfEventsAndHoweverOftenTheyCome(long seed) {
        var random = new Random(seed);
        List<BatchRecord> events = new ArrayList<>(IntStream.range(0, 120)
                .mapToObj(i -> event(1 + i % 2, "1." + i % 5, 1 + random.nextInt(500)))
                .toList());
        database.batches.store(events);
        List<String> once = releases();
        empty();

        Collections.shuffle(events, random);
        // None of them is known any more.
        database.jdbc
                .sql("TRUNCATE event_identities, envelopes, envelope_items, events")
                .update();
        for (int i = 0; i < events.size(); i += 7) {
            database.batches.store(events.subList(i, Math.min(i + 7, events.size())));
        }
        database.batches.store(events);

        assertThat(releases()).isEqualTo(once);
    }

    @Test
    void threeProcessorsAtOnceMakeEachReleaseOnce() throws Exception {
        List<BatchRecord> events = IntStream.range(0, 300)
                .mapToObj(i -> event(1 + i % 2, "2." + i % 20, 1 + i % 50))
                .toList();

        try (ExecutorService processors = Executors.newFixedThreadPool(3)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<BatchRecord> mine = new ArrayList<>(events);
                Collections.shuffle(mine, new Random(i));
                running.add(processors.submit(() -> {
                    for (int begin = 0; begin < mine.size(); begin += 10) {
                        database.batches.store(mine.subList(begin, begin + 10));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(releases()).hasSize(20);
        assertThat(database.texts("""
                SELECT concat_ws('|', project_id, release, min(occurred_at)) FROM events WHERE release LIKE '2.%'
                GROUP BY project_id, release ORDER BY 1
                """))
                .isEqualTo(database.texts(
                        "SELECT concat_ws('|', project_id, version, first_seen) FROM releases ORDER BY 1"));
        assertThat(database.texts("""
                SELECT version FROM releases r WHERE last_seen NOT BETWEEN
                    (SELECT max(occurred_at) - interval '1 minute' FROM events e
                     WHERE e.project_id = r.project_id AND e.release = r.version)
                    AND (SELECT max(occurred_at) FROM events e WHERE e.project_id = r.project_id AND e.release = r.version)
                """)).isEmpty();
    }

    @Test
    void aReleaseThatIsKnownIsWrittenOnceAMinuteAtMost() {
        database.batches.store(List.of(event(1, "1.0", 10)));
        String written = xmin();
        database.batches.store(List.of(RollupDatabase.event(
                said(1, "1.0", now.minus(Duration.ofMinutes(10)).plusSeconds(59)))));
        assertThat(xmin()).isEqualTo(written);

        database.batches.store(List.of(event(1, "1.0", 9)));

        assertThat(xmin()).isNotEqualTo(written);
        assertThat(releases()).containsExactly("1 1.0 -10 -9 by its version");
    }

    @Test
    void whatPeopleSaidOfAReleaseStaysWhenItsEventsCome() {
        database.jdbc.sql("""
                        INSERT INTO releases (project_id, version, sort_key, date_released, created_at, created_by)
                        VALUES (1, '1.0', 'k', timestamptz '2026-01-01 10:00Z', now(), 'ann@example.com')
                        """).update();

        database.batches.store(List.of(event(1, "1.0", 10)));

        assertThat(database.texts(
                        "SELECT concat_ws(' ', sort_key, created_by, date = date_released, first_seen IS NOT NULL)"
                                + " FROM releases"))
                .containsExactly("k ann@example.com t t");
    }

    private static List<String> releases() {
        return database.jdbc
                .sql("""
                        SELECT concat_ws(' ', project_id, version, round(extract(epoch FROM first_seen - :now) / 60),
                                         round(extract(epoch FROM last_seen - :now) / 60),
                                         CASE sort_key WHEN '' THEN 'by its date' ELSE 'by its version' END)
                        FROM releases ORDER BY project_id, version
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    private static String xmin() {
        return database.texts("SELECT xmin::text FROM releases").getFirst();
    }

    private static BatchRecord event(long project, String release, int minutesAgo) {
        return RollupDatabase.event(said(project, release, now.minus(Duration.ofMinutes(minutesAgo))));
    }

    private static Said said(long project, String release, Instant at) {
        return new Said(project, 1, at, at, null, "error", release, null, Map.of());
    }
}
