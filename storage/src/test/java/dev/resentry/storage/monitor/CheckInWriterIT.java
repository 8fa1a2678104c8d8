package dev.resentry.storage.monitor;

import static dev.resentry.model.cron.CheckInStatus.ERROR;
import static dev.resentry.model.cron.CheckInStatus.IN_PROGRESS;
import static dev.resentry.model.cron.CheckInStatus.OK;
import static dev.resentry.model.cron.CheckInStatus.UNKNOWN;
import static dev.resentry.storage.monitor.MonitorDatabase.checkIn;
import static dev.resentry.storage.monitor.MonitorDatabase.hourly;
import static dev.resentry.storage.monitor.MonitorDatabase.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.cron.CronSchedule;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.ingest.BatchRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Check-ins become the runs that they tell of, in whichever order they come, on a real database. */
@Timeout(120)
class CheckInWriterIT {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final MonitorConfig CONFIG = new MonitorConfig(
            CronSchedule.of("crontab", "0 4 * * *"), ZoneId.of("Europe/Berlin"), 7, 60, 2, 3, "team:shop");

    private static MonitorDatabase data;

    @BeforeAll
    static void start() {
        data = new MonitorDatabase();
    }

    @AfterAll
    static void stop() {
        data.close();
    }

    @BeforeEach
    void empty() {
        data.empty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theSameIsKnownInWhicheverOrderAndBatchesTheyCome(long seed) {
        List<BatchRecord> records = new ArrayList<>();
        data.add(hourly("nightly"), NOON.minusSeconds(60));
        for (int hour = 0; hour < 6; hour++) {
            UUID run = new UUID(7, hour);
            Instant at = NOON.plus(Duration.ofHours(hour));
            records.add(checkIn("nightly", run, IN_PROGRESS, at));
            records.add(checkIn("nightly", run, hour == 2 ? ERROR : OK, at.plusSeconds(90)));
            records.add(checkIn("nightly", run, hour == 3 ? ERROR : OK, at.plusSeconds(100)));
        }
        Collections.shuffle(records, new Random(seed));
        data.store(records.subList(0, 7).toArray(BatchRecord[]::new));
        records.subList(7, records.size()).forEach(data::store);
        records.forEach(data::store);

        assertThat(data.checkIns())
                .containsExactly("ok 12:00", "ok 13:00", "error 14:00", "ok 15:00", "ok 16:00", "ok 17:00");
        assertThat(data.database.texts("SELECT DISTINCT duration_ms::text FROM check_ins"))
                .containsExactly("90000");
        assertThat(data.state()).isEqualTo("ok 18:00 0");
    }

    @Test
    void whatNamesNoRunEndsTheLatestInProgress() {
        UUID run = UUID.randomUUID();
        data.store(checkIn("nightly", UUID.randomUUID(), IN_PROGRESS, NOON.minusSeconds(60)));
        data.store(checkIn("nightly", run, IN_PROGRESS, NOON));

        data.store(checkIn("nightly", null, OK, NOON.plusSeconds(10)));
        assertThat(data.checkIns()).containsExactly("in_progress 11:59", "ok 12:00");

        data.store(checkIn("nightly", null, ERROR, NOON.plusSeconds(20)));
        data.store(checkIn("nightly", null, OK, NOON.plusSeconds(130)));
        assertThat(data.checkIns()).containsExactly("error 11:59", "ok 12:00", "ok 12:02");

        data.store(checkIn("nightly", null, IN_PROGRESS, NOON.plusSeconds(180)));
        assertThat(data.checkIns()).hasSize(4).endsWith("in_progress 12:03");
    }

    @Test
    void aRedeliveryChangesNothing() {
        BatchRecord[] batch = {
            checkIn("nightly", UUID.randomUUID(), IN_PROGRESS, NOON),
            checkIn("nightly", null, OK, NOON.plusSeconds(10)),
            checkIn("nightly", null, UNKNOWN, NOON.plusSeconds(20))
        };
        data.store(batch);
        List<String> before = data.database.texts("SELECT c::text FROM check_ins c ORDER BY at");

        data.store(batch);

        assertThat(data.checkIns()).containsExactly("ok 12:00", "unknown 12:00");
        assertThat(data.database.texts("SELECT c::text FROM check_ins c ORDER BY at"))
                .isEqualTo(before);
    }

    @Test
    void aCheckInMakesItsMonitorAndSaysWhenItIsDue() {
        data.store(record(
                1, new NewCheckIn("nightly", "staging", null, OK, 1_200L, "shop@1.0", null, CONFIG, null), NOON));

        StoredMonitor monitor =
                data.store.list(VisibleProjects.ALL, "night", 0, 10).getFirst();
        assertThat(monitor.settings()).isEqualTo(CONFIG.over(monitor.settings()));
        assertThat(monitor.settings().failureThreshold()).isEqualTo(2);
        assertThat(monitor.environments()).singleElement().satisfies(environment -> {
            assertThat(environment.name()).isEqualTo("staging");
            assertThat(environment.nextAt()).isEqualTo(Instant.parse("2026-11-28T03:00:00Z"));
        });
        assertThat(data.database.texts("SELECT duration_ms || ' ' || release FROM check_ins"))
                .containsExactly("1200 shop@1.0");
    }

    @Test
    void aCheckInThatSaysOtherwiseWhenItsMonitorIsDueSaysSoOfAllItsEnvironments() {
        data.add(hourly("nightly"), NOON.minusSeconds(60));
        data.store(
                checkIn("nightly", OK, NOON),
                record(1, new NewCheckIn("nightly", "staging", null, OK, null, null, null, null, null), NOON));

        data.store(record(
                1,
                new NewCheckIn("nightly", "production", null, OK, null, null, null, CONFIG, null),
                NOON.plusSeconds(60)));

        assertThat(data.database.texts("""
                        SELECT environment || to_char(next_at AT TIME ZONE 'UTC', ' DD HH24:MI')
                            || to_char(late_at AT TIME ZONE 'UTC', ' HH24:MI')
                        FROM monitor_environments ORDER BY environment
                        """)).containsExactly("production 28 03:00 03:07", "staging 28 03:00 03:07");
        assertThat(data.sweep.sweep(NOON.plus(Duration.ofHours(2))).missed()).isZero();
    }

    @Test
    void eachCheckInOfABatchIsThatOfItsOwnTime() {
        data.add(hourly("nightly"), NOON.minusSeconds(60));
        UUID run = UUID.randomUUID();
        data.store(checkIn("nightly", run, IN_PROGRESS, NOON));

        data.store(
                checkIn("nightly", run, OK, NOON.plus(Duration.ofMinutes(60))),
                checkIn("nightly", OK, NOON.plus(Duration.ofMinutes(61))),
                checkIn("nightly", OK, NOON.plus(Duration.ofMinutes(90))),
                checkIn("nightly", OK, NOON.plus(Duration.ofMinutes(120)).minusSeconds(10)));

        assertThat(data.database.texts("SELECT coalesce(to_char(expected_at AT TIME ZONE 'UTC', 'HH24:MI'), '-') FROM"
                        + " check_ins ORDER BY at"))
                .containsExactly("-", "13:00", "-", "14:00");
    }

    @Test
    void aReplayBringsCheckInsBackAndTellsNobody() {
        data.add(hourly("nightly"), NOON.minusSeconds(60));
        List<BatchRecord> records = List.of(
                checkIn("nightly", UUID.randomUUID(), IN_PROGRESS, NOON),
                checkIn("nightly", null, ERROR, NOON.plusSeconds(10)),
                checkIn("nightly", null, ERROR, NOON.plusSeconds(3_600)),
                checkIn("nightly", UUID.randomUUID(), IN_PROGRESS, NOON.plusSeconds(7_200)));
        data.store(records.toArray(BatchRecord[]::new));
        data.replays.replay(1, records, false, false);
        assertThat(data.checkIns())
                .as("nothing differs")
                .containsExactly("error 12:00", "error 13:00", "in_progress 14:00");

        data.database.jdbc.sql("DELETE FROM monitors").update();
        data.replays.replay(1, records, false, false);

        assertThat(data.checkIns()).hasSize(3).startsWith("error 12:00", "error 13:00");
        assertThat(data.state()).isEqualTo("waiting 0");
        assertThat(data.incidents.tell("a", _ -> {})).isZero();
    }

    @Test
    void aProjectHasNoMoreMonitorsAndAMonitorNoMoreEnvironmentsThanAllowed() {
        data.database.jdbc.sql("""
                        INSERT INTO monitors (project_id, slug, name, status, time_zone, margin_minutes, max_runtime_minutes,
                                              failure_threshold, recovery_threshold, created_at, scheduled_since)
                        SELECT 1, 'm' || n, 'M', 'active', 'UTC', 1, 30, 1, 1, now(), now() FROM generate_series(1, 499) AS n
                        """).update();
        data.store(checkIn("b", OK, NOON), checkIn("a", OK, NOON), checkIn("m1", OK, NOON));
        assertThat(data.database.texts("SELECT slug FROM monitors WHERE slug IN ('a', 'b')"))
                .containsExactly("a");
        assertThat(data.checkIns()).hasSize(2);

        List<BatchRecord> many = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            many.add(record(1, new NewCheckIn("m2", "e" + i, null, OK, null, null, null, null, null), NOON));
        }
        data.store(many.toArray(BatchRecord[]::new));
        assertThat(data.database.texts(
                        "SELECT count(*)::text FROM monitor_environments e JOIN monitors m ON m.id = monitor_id"
                                + " WHERE slug = 'm2'"))
                .containsExactly("100");
    }

    @Test
    void batchesAtOnceMakeAMonitorOnce() throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> written = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Instant at = NOON.plusSeconds(i);
                int number = i;
                written.add(writers.submit(() ->
                        data.store(checkIn("m" + number % 5, OK, at), checkIn("m" + (number + 2) % 5, OK, at))));
            }
            for (Future<?> one : written) {
                one.get();
            }
        }

        assertThat(data.database.texts("SELECT slug FROM monitors ORDER BY slug"))
                .containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThat(data.checkIns()).hasSize(80);
    }
}
