package dev.resentry.processor.spike;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.spike.Spike;
import dev.resentry.storage.spike.SpikeCounts;
import dev.resentry.storage.spike.SpikeProtection;
import dev.resentry.storage.spike.SpikeQueries;
import dev.resentry.storage.spike.SpikeStore;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Spikes begin, go on and end as the roll-ups of the last minutes say, by a clock of the test. */
@Timeout(60)
class SpikeIT {
    private static final long SHOP = 1;
    private static final long QUIET_PROJECT = 2;
    private static final long ISSUE = 7;
    private static final long OTHER_ISSUE = 8;
    private static final Instant NOON = Instant.parse("2026-11-18T12:00:00Z");

    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static SpikeDetection detection;
    private static SpikeQueries queries;

    @BeforeAll
    static void start() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                1,
                "",
                "",
                "",
                5,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        detection = new SpikeDetection(new SpikeCounts(jdbc), new SpikeStore(jdbc), new SpikeProtection(jdbc));
        queries = new SpikeQueries(jdbc);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @BeforeEach
    void empty() {
        jdbc.sql(
                        "TRUNCATE projects, issues, spikes, project_minutes, project_hours, issue_hours, release_hours, audit_log,"
                                + " project_outbox, leases CASCADE")
                .update();
        for (long project : List.of(SHOP, QUIET_PROJECT)) {
            jdbc.sql("""
                            INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                            VALUES (:id, 'p' || :id, 'P', 'active', 1, now(), now())
                            """).param("id", project).update();
        }
        for (long issue : List.of(ISSUE, OTHER_ISSUE)) {
            jdbc.sql("""
                            INSERT INTO issues (id, project_id, title, level, status, event_count, first_seen, last_seen, created_at)
                            OVERRIDING SYSTEM VALUE
                            VALUES (:id, 1, 'Issue ' || :id, 'error', 'unresolved', 1, '2026-11-01', '2026-11-18 13:00Z', now())
                            """).param("id", issue).update();
        }
    }

    @Test
    void aSpikeBeginsIsOneAndEndsAfterAQuarterOfAnHourOfQuiet() {
        usually(SHOP, 10);
        usually(QUIET_PROJECT, 10);
        minute(SHOP, 0, 30);
        minute(QUIET_PROJECT, 0, 11);
        detection.run(at(1));
        assertThat(all()).as("30 is three times what is usual, and not more").isEmpty();

        minute(SHOP, 1, 31);
        minute(SHOP, 2, 90);
        detection.run(at(2));
        detection.run(at(3));
        minute(SHOP, 3, 50);
        detection.run(at(4));

        Spike spike = one();
        assertThat(spike.projectId()).isEqualTo(SHOP);
        assertThat(spike.issueId()).isNull();
        assertThat(spike.startedAt()).isEqualTo(at(1));
        assertThat(spike.notedAt()).isEqualTo(at(2));
        assertThat(spike.lastAt()).isEqualTo(at(3));
        assertThat(spike.peak()).isEqualTo(90);
        assertThat(spike.usual()).isEqualTo(10);
        assertThat(spike.threshold()).isEqualTo(30);
        assertThat(spike.hasShortHistory()).isFalse();

        detection.run(at(18));
        assertThat(one().endedAt()).isNull();
        detection.run(at(19));
        assertThat(one().endedAt()).isEqualTo(at(19));

        minute(SHOP, 25, 40);
        detection.run(at(26));
        assertThat(all()).extracting(Spike::startedAt).containsExactly(at(1), at(25));
        assertThat(queries.startedSince(at(20))).extracting(Spike::startedAt).containsExactly(at(25));
    }

    @Test
    void aYoungProjectHasTheFloorAloneAndSaysSo() {
        minute(SHOP, 0, 20);
        hour(SHOP, NOON, 20);
        detection.run(at(1));
        assertThat(all()).isEmpty();

        minute(SHOP, 1, 21);
        detection.run(at(1));

        assertThat(one().threshold()).isEqualTo(20);
        assertThat(one().hasShortHistory()).isTrue();
    }

    @Test
    void whatHappenedEarlierThanTheLastMinutesBeginsNone() {
        minute(SHOP, -10, 5_000);
        detection.run(at(0));

        assertThat(all()).isEmpty();
    }

    @Test
    void itsCauseIsTheIssueAndTheReleaseThatGrewMostAboveWhatIsUsualOfThem() {
        usually(SHOP, 2);
        // Has more events than the other one, as it always has.
        issueHours(OTHER_ISSUE, 500, 510);
        issueHours(ISSUE, 1, 300);
        releaseHours("1.0", 500, 500);
        releaseHours("1.1", 0, 310);
        minute(SHOP, 1, 300);
        detection.run(at(2));

        Spike spike =
                all().stream().filter(one -> one.issueId() == null).findFirst().orElseThrow();
        assertThat(spike.issueCause()).isEqualTo(new Spike.IssueCause(ISSUE, "Issue 7", 300, 1));
        assertThat(spike.releaseCause()).isEqualTo(new Spike.ReleaseCause("1.1", 310, 0));
    }

    @Test
    void anIssueSpikesByItsHourAndIsOverWhenItLagsBehind() {
        issueHours(ISSUE, 20, 0);
        issueHours(OTHER_ISSUE, 20, 20);
        setIssueHour(ISSUE, NOON, 500);
        detection.run(at(30));
        detection.run(at(31));

        Spike spike = one();
        assertThat(spike.issueId()).isEqualTo(ISSUE);
        assertThat(spike.title()).isEqualTo("Issue 7");
        assertThat(spike.usual()).isEqualTo(20);
        assertThat(spike.peak()).isEqualTo(500);

        Instant next = NOON.plus(1, ChronoUnit.HOURS);
        setIssueHour(ISSUE, next, 3);
        detection.run(next.plus(16, ChronoUnit.MINUTES));
        assertThat(one().endedAt()).isNotNull();
    }

    @Test
    void anIgnoredIssueSpikesNot() {
        issueHours(ISSUE, 20, 500);
        jdbc.sql("UPDATE issues SET status = 'ignored'").update();
        detection.run(at(30));

        assertThat(all()).isEmpty();
    }

    @Test
    void protectionSetsALimitWhileTheSpikeLastsAndTakesItAway() {
        jdbc.sql("UPDATE projects SET spike_protection = true WHERE id = 1").update();
        usually(SHOP, 10);
        usually(QUIET_PROJECT, 10);
        minute(SHOP, 1, 100);
        minute(QUIET_PROJECT, 1, 100);
        detection.run(at(2));
        detection.run(at(3));

        assertThat(limits()).containsExactly("1 30 2", "2 none 1");
        assertThat(texts("SELECT project_id::text FROM project_outbox")).containsExactly("1");
        assertThat(texts("SELECT concat_ws(' ', user_email, via, action, object_name, after) FROM audit_log"))
                .containsExactly("spike protection system project.spike_limit_set p1 {\"events_per_minute\": 30}");
        assertThat(all()).extracting(Spike::limitPerMinute).containsExactlyInAnyOrder(30L, null);

        // What the limit lets through keeps the spike open.
        for (int minute = 4; minute <= 30; minute++) {
            minute(SHOP, minute, 29);
            detection.run(at(minute + 1));
        }
        assertThat(limits()).containsExactly("1 30 2", "2 none 1");

        detection.run(at(47));
        assertThat(limits()).containsExactly("1 none 3", "2 none 1");
        assertThat(texts("SELECT action FROM audit_log ORDER BY id"))
                .containsExactly("project.spike_limit_set", "project.spike_limit_lifted");
    }

    @Test
    void ofManyProcessorsThatLookAtOnceOneBeginsTheSpike() throws Exception {
        usually(SHOP, 10);
        minute(SHOP, 1, 100);
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> look = () -> {
                detection.run(at(2));
                return true;
            };
            for (var done : threads.invokeAll(List.of(look, look, look, look))) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(all()).hasSize(1);

        var store = new SpikeStore(jdbc);
        assertThat(store.takeTurn(Duration.ofMinutes(1))).isTrue();
        assertThat(store.takeTurn(Duration.ofMinutes(1))).isFalse();
    }

    private static Instant at(int minute) {
        return NOON.plus(minute, ChronoUnit.MINUTES);
    }

    /** So many events in each minute of this hour of the last seven days. */
    private static void usually(long project, int perMinute) {
        for (int day = 1; day <= 7; day++) {
            hour(project, NOON.minus(day, ChronoUnit.DAYS), 60L * perMinute);
        }
        for (int minute = 0; minute < 60; minute++) {
            minute(project, minute - 24 * 60, perMinute);
        }
    }

    private static void minute(long project, int minute, long events) {
        jdbc.sql("""
                        INSERT INTO project_minutes (project_id, minute, level, environment, events)
                        VALUES (:project, :at, 'error', '', :events)
                        """)
                .params(Map.of("project", project, "at", at(minute).atOffset(ZoneOffset.UTC), "events", events))
                .update();
    }

    private static void hour(long project, Instant hour, long events) {
        jdbc.sql("""
                        INSERT INTO project_hours (project_id, hour, level, environment, events)
                        VALUES (:project, :at, 'error', '', :events)
                        """)
                .params(Map.of("project", project, "at", hour.atOffset(ZoneOffset.UTC), "events", events))
                .update();
    }

    /** The events of an issue in each hour of the week before, and in the one under way. */
    private static void issueHours(long issue, long before, long now) {
        for (int hour = 1; hour <= 7 * 24; hour++) {
            setIssueHour(issue, NOON.minus(hour, ChronoUnit.HOURS), before);
        }
        setIssueHour(issue, NOON, now);
    }

    private static void setIssueHour(long issue, Instant hour, long events) {
        jdbc.sql("""
                        INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events)
                        VALUES (:issue, :at, '', 'error', 1, :events)
                        ON CONFLICT (issue_id, hour, environment, level) DO UPDATE SET events = excluded.events
                        """)
                .params(Map.of("issue", issue, "at", hour.atOffset(ZoneOffset.UTC), "events", events))
                .update();
    }

    private static void releaseHours(String release, long before, long now) {
        for (int hour = 0; hour <= 7 * 24; hour++) {
            jdbc.sql("""
                            INSERT INTO release_hours (project_id, release, hour, environment, events)
                            VALUES (1, :release, :at, '', :events)
                            """)
                    .params(Map.of(
                            "release",
                            release,
                            "at",
                            NOON.minus(hour, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC),
                            "events",
                            hour == 0 ? now : before))
                    .update();
        }
    }

    private static List<Spike> all() {
        return queries.startedSince(Instant.EPOCH);
    }

    private static Spike one() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    private static List<String> limits() {
        return texts(
                "SELECT concat_ws(' ', id, coalesce(spike_limit::text, 'none'), revision) FROM projects ORDER BY id");
    }

    private static List<String> texts(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }
}
