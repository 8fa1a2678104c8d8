package dev.resentry.storage.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.uptime.ExpectedStatus;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Who makes which check when, and what is kept of it. */
class UptimeScheduleIT {
    private static final Instant NOON = Instant.parse("2026-11-18T12:00:00Z");

    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static UptimeSchedule schedule;
    private static UptimeStore store;
    private static UptimeQueries queries;
    private static UptimeOutages outages;

    @BeforeAll
    static void start() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                1,
                "",
                "",
                "",
                4,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        var transactions = new DataSourceTransactionManager(pool);
        schedule = new UptimeSchedule(pool, transactions);
        store = new UptimeStore(jdbc);
        queries = new UptimeQueries(jdbc);
        outages = new UptimeOutages(pool, transactions);
        jdbc.sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (1, 'one', 'One', 'active', 1, now(), now())
                        """).update();
        jdbc.sql("""
                        INSERT INTO project_keys (project_id, public_key, label, active, created_at)
                        VALUES (1, 'e12d836b15bb49d7bbf99e64295d995b', 'default', true, now())
                        """).update();
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @BeforeEach
    void clear() {
        jdbc.sql("TRUNCATE uptime_checks, uptime_results, uptime_hours").update();
    }

    @Test
    void aCheckIsMadeOnceAnIntervalInStepWithItsPlan() {
        long id = add("shop");

        assertThat(schedule.claim(10, NOON.minusSeconds(1))).isEmpty();
        well(claimOne(NOON), NOON.plusSeconds(2));
        assertThat(schedule.claim(10, NOON.plusSeconds(299))).isEmpty();
        well(claimOne(NOON.plusSeconds(300)), NOON.plusSeconds(310));
        assertThat(check(id).nextAt()).isEqualTo(NOON.plusSeconds(600));

        // Nobody was there for an hour: what was missed is not made up for.
        Instant late = NOON.plusSeconds(3_700);
        well(claimOne(late), late);
        assertThat(check(id).nextAt()).isEqualTo(late.plusSeconds(300));
        assertThat(check(id).state()).isEqualTo(UptimeState.UP);
        assertThat(queries.results(id, late.plusSeconds(1), 10).entries())
                .extracting(UptimeResult::at)
                .containsExactly(late, NOON.plusSeconds(310), NOON.plusSeconds(2));
    }

    @Test
    void whatManyProcessorsClaimAtOnceEachHasOnce() throws Exception {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ids.add(add("check " + i));
        }
        List<Long> made = new ArrayList<>();
        try (var processors = Executors.newFixedThreadPool(3)) {
            Callable<List<Long>> processor = () -> {
                List<Long> mine = new ArrayList<>();
                List<ClaimedCheck> claimed = schedule.claim(5, NOON);
                while (!claimed.isEmpty()) {
                    for (ClaimedCheck check : claimed) {
                        mine.add(check.id());
                        well(check, NOON);
                    }
                    claimed = schedule.claim(5, NOON);
                }
                return mine;
            };
            for (var result : processors.invokeAll(List.of(processor, processor, processor))) {
                made.addAll(result.get());
            }
        }

        assertThat(made).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void theCheckOfAProcessorThatDiedIsMadeByAnotherAndItsOwnResultDoesNotCount() {
        long id = add("shop");
        ClaimedCheck dead = claimOne(NOON);

        assertThat(schedule.claim(10, NOON.plusSeconds(39))).isEmpty();
        ClaimedCheck next = claimOne(NOON.plusSeconds(41));
        assertThat(schedule.finish(dead, failed(NOON), NOON.plusSeconds(42))).isFalse();
        well(next, NOON.plusSeconds(42));

        assertThat(queries.results(id, NOON.plusSeconds(60), 10).entries()).hasSize(1);
    }

    @Test
    void anOutageIsToldOnceAndWhatIsChangedStartsAnew() {
        long id = add("shop");
        List<UptimeOutage> told = new ArrayList<>();
        Instant at = NOON;
        for (int i = 0; i < 4; i++) {
            fail(claimOne(at), at);
            outages.tell("p", told::add);
            at = at.plusSeconds(300);
        }

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().message()).isEqualTo("shop is down: 503 (expected 200-299)");
        assertThat(told.getFirst().beganAt()).isEqualTo(NOON);
        assertThat(told.getFirst().downAt()).isEqualTo(NOON.plusSeconds(300));
        assertThat(check(id).state()).isEqualTo(UptimeState.DOWN);
        assertThat(check(id).since()).isEqualTo(NOON.plusSeconds(300));

        store.replace(check(id), settings("shop", "https://other.example/"), at);
        assertThat(check(id).state()).isEqualTo(UptimeState.UNKNOWN);
        assertThat(check(id).failures()).isZero();
    }

    @Test
    void anOutageThatCouldNotBeToldIsToldAgainWithTheSameEvent() {
        add("shop");
        fail(claimOne(NOON), NOON);
        fail(claimOne(NOON.plusSeconds(300)), NOON.plusSeconds(300));
        List<UptimeOutage> told = new ArrayList<>();

        try {
            outages.tell("p", outage -> {
                told.add(outage);
                throw new IllegalStateException("Kafka is away");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("Kafka is away");
        }
        outages.tell("q", told::add);

        assertThat(told).hasSize(2);
        assertThat(told.getFirst().eventId()).isEqualTo(told.getLast().eventId());
    }

    @Test
    void hoursCountWhatResultsSay() {
        long id = add("shop");
        well(claimOne(NOON), NOON);
        fail(claimOne(NOON.plusSeconds(300)), NOON.plusSeconds(300));

        assertThat(queries.availability(List.of(id), NOON)).containsEntry(id, new UptimeQueries.Availability(1, 1));
        assertThat(queries.spans(List.of(id), NOON.minusSeconds(60), Duration.ofMinutes(2), 10))
                .containsEntry(id, List.of(new UptimeQueries.Span(0, 1, 0, 42), new UptimeQueries.Span(3, 0, 1, 0)));
    }

    @Test
    void aProjectHasSoManyChecksAtMost() {
        for (int i = 0; i < UptimeStore.MOST; i++) {
            add("check " + i);
        }

        assertThat(store.add(1, settings("one more", "https://shop.example/"), NOON))
                .isEmpty();
        assertThat(store.list(VisibleProjects.ALL)).hasSize(UptimeStore.MOST);
    }

    private static long add(String name) {
        return store.add(1, settings(name, "https://shop.example/"), NOON).orElseThrow();
    }

    private static UptimeCheckSettings settings(String name, String url) {
        return new UptimeCheckSettings(
                name, url, "GET", 5, 10, ExpectedStatus.parse(ExpectedStatus.STANDARD), null, null, 2, true);
    }

    private static StoredUptimeCheck check(long id) {
        return store.find(id).orElseThrow();
    }

    private static ClaimedCheck claimOne(Instant now) {
        List<ClaimedCheck> claimed = schedule.claim(10, now);
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    private static void well(ClaimedCheck check, Instant at) {
        assertThat(schedule.finish(check, new UptimeResult(at, true, 200, 42, null, "here"), at))
                .isTrue();
    }

    private static void fail(ClaimedCheck check, Instant at) {
        assertThat(schedule.finish(check, failed(at), at)).isTrue();
    }

    private static UptimeResult failed(Instant at) {
        return new UptimeResult(at, false, 503, 7, "503 (expected 200-299)", "here");
    }
}
