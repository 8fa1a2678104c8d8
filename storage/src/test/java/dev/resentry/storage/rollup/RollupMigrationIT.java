package dev.resentry.storage.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.storage.database.SchemaMigration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The migration that makes roll-ups, over events of the schema in front of it. */
class RollupMigrationIT {
    @Test
    void fillsWhatCountingTheEventsAgainGives() {
        try (RollupDatabase database = new RollupDatabase()) {
            Flyway.configure()
                    .dataSource(database.pool)
                    .locations("classpath:db/migration")
                    .target("10?")
                    .load()
                    .migrate();
            database.addProject(1);
            fill(database);

            new SchemaMigration(database.pool).migrate();

            Map<String, List<String>> filled = database.rollups();
            assertThat(database.number("SELECT sum(events) FROM issue_hours")).isEqualTo(3_000);
            assertThat(database.number("SELECT sum(events) FROM project_minutes"))
                    .isPositive()
                    .isLessThan(3_000);
            assertThat(database.number(
                            "SELECT events FROM issue_tags WHERE issue_id = 1 AND key = 'number' AND value = ''"))
                    .isEqualTo(500);
            database.rebuildAll(Instant.now().minusSeconds(100 * 3_600), Instant.now());
            assertThat(database.rollups()).isEqualTo(filled);
            database.forgetRollups();
            database.rebuildAll(Instant.now().minusSeconds(100 * 3_600), Instant.now());
            assertThat(database.rollups()).isEqualTo(filled);
        }
    }

    /** 3,000 events of two issues in three days; one of the issues has 1,500 values of a tag. */
    private static void fill(RollupDatabase database) {
        database.jdbc
                .sql("SELECT ensure_day_partitions(current_date + n) FROM generate_series(-5, 1) n")
                .query((_, _) -> "")
                .list();
        database.jdbc.sql("""
                        INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, title,
                                            release, environment, strategy, hash, tags, payload)
                        SELECT at, 1, gen_random_uuid(), 1 + n % 2, gen_random_uuid(), at - interval '2 seconds', 'error', 't',
                               CASE WHEN n % 5 > 0 THEN 'shop@' || n END, CASE WHEN n % 3 > 0 THEN 'staging' END, 's1', '\\x01',
                               jsonb_build_object('number', CASE WHEN n % 2 = 0 THEN n ELSE n % 7 END::text, 'long', repeat('ü', 300),
                                                  'empty', ''),
                               '{}'
                        FROM generate_series(1, 3000) n,
                             LATERAL (SELECT now() - interval '71 hours' + n * interval '85 seconds' AS even) AS e,
                             -- None where minutes cease to be kept, which moves on while the test runs.
                             LATERAL (SELECT CASE WHEN even BETWEEN now() - interval '48 hours 5 minutes' AND now() - interval '47 hours 55 minutes'
                                                  THEN even - interval '10 minutes' ELSE even END AS at) AS t
                        WHERE true
                        """).update();
        database.jdbc.sql("""
                        INSERT INTO issues (id, project_id, title, level, event_count, first_seen, last_seen, first_release,
                                            last_release, created_at)
                        SELECT issue_id, 1, 't', 'error', count(*), min(occurred_at), max(occurred_at), 'wrong', 'wrong', now()
                        FROM events GROUP BY issue_id
                        """).update();
    }
}
