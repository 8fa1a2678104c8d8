package dev.resentry.storage.alert;

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
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts within windows are those of the events in them, by their own time. */
class IssueFrequencyIT {
    private static Instant hour;

    private static RollupDatabase database;
    private static IssueFrequency frequency;

    @BeforeAll
    static void start() {
        hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.DAYS);
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
        frequency = new IssueFrequency(database.jdbc);
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

    private static BatchRecord event(int kind, Instant at, @Nullable String environment, @Nullable Long user) {
        return RollupDatabase.event(
                new Said(1, kind, at.plusSeconds(1), at, environment, "error", null, user, Map.of()));
    }

    private static long issue() {
        return database.jdbc.sql("SELECT min(id) FROM issues").query(Long.class).single();
    }

    @Test
    void aWindowBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
        Instant from = hour.plus(Duration.ofMinutes(5));
        Instant to = from.plus(Duration.ofMinutes(5));
        database.batches.store(List.of(
                event(1, from.minus(1, ChronoUnit.MICROS), null, 1L),
                event(1, from, null, 1L),
                event(1, to.minus(1, ChronoUnit.MICROS), null, 2L),
                event(1, to, null, 3L)));

        assertThat(frequency.events(issue(), null, from, to)).isEqualTo(2);
        assertThat(frequency.users(issue(), null, from, to)).isEqualTo(2);
        assertThat(frequency.events(issue(), null, from, null)).isEqualTo(3);
        assertThat(frequency.ofProject(1, null, from, to, 10)).isEqualTo(Map.of(issue(), 2L));
    }

    @Test
    void environmentsAreCountedApart() {
        database.batches.store(List.of(
                event(1, hour.plusSeconds(1), "production", 1L),
                event(1, hour.plusSeconds(2), "production", 1L),
                event(1, hour.plusSeconds(3), null, 2L),
                // In a whole hour of the window.
                event(1, hour.plusSeconds(3_700), "production", 3L)));
        Instant from = hour.plusSeconds(1);

        assertThat(frequency.events(issue(), "production", from, null)).isEqualTo(3);
        assertThat(frequency.users(issue(), "production", from, null)).isEqualTo(2);
        assertThat(frequency.events(issue(), "", from, null)).isEqualTo(1);
        assertThat(frequency.events(issue(), "gone", from, null)).isZero();
        assertThat(frequency.ofProject(1, "", from, null, 10)).isEqualTo(Map.of(issue(), 1L));
    }

    @Test
    void anyWindowCountsWhatItsEventsSay() {
        var random = new Random(14);
        List<BatchRecord> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Instant at = hour.plusSeconds(random.nextInt(6 * 3600));
            events.add(event(
                    1 + random.nextInt(3), at, random.nextBoolean() ? "production" : null, (long) random.nextInt(30)));
        }
        database.batches.store(events);

        for (int i = 0; i < 100; i++) {
            Instant from = hour.plusSeconds(random.nextInt(6 * 3600) - 600);
            Instant to = from.plusSeconds(60L * (1 + random.nextInt(300)));
            String environment = random.nextBoolean() ? "production" : null;
            long issue = issue() + random.nextInt(3);
            assertThat(frequency.events(issue, environment, from, to))
                    .as("events from %s to %s", from, to)
                    .isEqualTo(counted("count(*)", issue, environment, from, to));
            // Users of whole hours are those of the hours.
            assertThat(frequency.users(issue, environment, from, to))
                    .as("users from %s to %s", from, to)
                    .isEqualTo(counted("count(DISTINCT user_hash)", issue, environment, from, to));
        }
    }

    private static long counted(String what, long issue, @Nullable String environment, Instant from, Instant to) {
        return database.jdbc
                .sql("""
                        SELECT %s FROM events
                        WHERE issue_id = :issue AND occurred_at >= :from AND occurred_at < :to
                          AND (:environment::text IS NULL OR environment = :environment)
                        """.formatted(what))
                .param("issue", issue)
                .param("environment", environment)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }
}
