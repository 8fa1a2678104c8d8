package dev.resentry.storage.monitor;

import static dev.resentry.model.cron.CheckInStatus.ERROR;
import static dev.resentry.model.cron.CheckInStatus.IN_PROGRESS;
import static dev.resentry.model.cron.CheckInStatus.OK;
import static dev.resentry.storage.monitor.MonitorDatabase.checkIn;
import static dev.resentry.storage.monitor.MonitorDatabase.hourly;
import static dev.resentry.storage.monitor.MonitorDatabase.record;
import static dev.resentry.storage.monitor.MonitorDatabase.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.storage.ingest.BatchRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.provider.CsvSource;

/** What is missed and what times out, by a clock that the test moves. */
@Timeout(120)
class MonitorSweepIT {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

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

    @Test
    void whatDoesNotComeWithinItsMarginIsMissedOnce() {
        data.add(hourly("nightly"), NOON.minusSeconds(60));
        data.store(checkIn("nightly", OK, NOON.plusSeconds(2)));
        assertThat(data.state()).isEqualTo("ok 13:00 0");

        assertThat(missedBy(NOON.plus(Duration.ofMinutes(64)))).isZero();
        assertThat(missedBy(NOON.plus(Duration.ofMinutes(65)))).isEqualTo(1);
        assertThat(missedBy(NOON.plus(Duration.ofMinutes(66)))).isZero();

        assertThat(data.checkIns()).containsExactly("ok 12:00", "missed 13:05");
        assertThat(data.state()).isEqualTo("missed 14:00 1 failing");
    }

    @Test
    void nothingIsMissedBeforeTheFirstCheckInAndOfNoSchedule() {
        data.add(hourly("quiet"), NOON);
        data.store(checkIn("unscheduled", OK, NOON));

        assertThat(missedBy(NOON.plus(Duration.ofDays(2)))).isZero();
        assertThat(data.state()).as("of the one that checked in").isEqualTo("ok 0");
    }

    @Test
    void aCheckInALittleBeforeItsTimeIsThatOfThatTime() {
        data.add(hourly("nightly"), NOON.minusSeconds(7_200));
        data.store(checkIn("nightly", OK, NOON.minusSeconds(3_600)));

        data.store(checkIn("nightly", OK, NOON.minusSeconds(10)));

        assertThat(data.state()).isEqualTo("ok 13:00 0");
        assertThat(missedBy(NOON.plus(Duration.ofMinutes(30)))).isZero();
    }

    @Test
    void whatCameBeforeItWasTakenForMissedIsNotMissed() {
        data.add(hourly("nightly"), NOON.minusSeconds(60));
        data.store(checkIn("nightly", OK, NOON));
        missedBy(NOON.plus(Duration.ofMinutes(70)));
        assertThat(data.state()).isEqualTo("missed 14:00 1 failing");

        data.store(checkIn("nightly", OK, NOON.plus(Duration.ofMinutes(61))));

        assertThat(data.checkIns()).containsExactly("ok 12:00", "ok 13:01");
        assertThat(data.state()).isEqualTo("ok 14:00 0");
    }

    @Test
    void aRunThatDoesNotEndTimesOutAndMayEndYet() {
        UUID run = UUID.randomUUID();
        data.add(hourly("nightly"), NOON.minusSeconds(60));
        data.store(checkIn("nightly", run, IN_PROGRESS, NOON));
        assertThat(data.sweep.sweep(NOON.plus(Duration.ofMinutes(29))).timedOut())
                .isZero();
        assertThat(data.sweep.sweep(NOON.plus(Duration.ofMinutes(30))).timedOut())
                .isEqualTo(1);
        assertThat(data.sweep.sweep(NOON.plus(Duration.ofMinutes(31))).timedOut())
                .isZero();
        assertThat(data.state()).isEqualTo("timeout 13:00 1 failing");

        data.store(checkIn("nightly", run, OK, NOON.plus(Duration.ofMinutes(40))));

        assertThat(data.checkIns()).containsExactly("ok 12:00");
        assertThat(data.state()).isEqualTo("ok 13:00 0");
        assertThat(data.database.texts("SELECT duration_ms::text FROM check_ins"))
                .containsExactly("2400000");
    }

    /** o: went well, e: failed, m: missed; the states behind each, where F is failing. */
    @ParameterizedTest
    @CsvSource({"1, 1, oeo, -F-", "2, 1, oeoeeo, ----F-", "3, 2, ommmoeoo, ---FFFF-", "2, 1, oemo, --F-"})
    void anIncidentBeginsAndEndsByItsThresholds(int failures, int recoveries, String runs, String failing) {
        data.add(settings("nightly", "0 * * * *", "UTC", failures, recoveries), NOON.minusSeconds(60));
        StringBuilder seen = new StringBuilder();
        Instant at = NOON;
        for (int i = 0; i < runs.length(); i++) {
            char run = runs.charAt(i);
            if (run == 'm') {
                missedBy(at.plus(Duration.ofMinutes(6)));
            } else {
                data.store(checkIn("nightly", run == 'o' ? OK : ERROR, at.plusSeconds(1)));
            }
            seen.append(data.state().endsWith("failing") ? 'F' : '-');
            at = at.plus(Duration.ofHours(1));
        }

        assertThat(seen).hasToString(failing);
    }

    @Test
    void anIncidentIsToldOnceAndIsOverOnce() {
        data.add(hourly("nightly"), NOON.minusSeconds(60));
        data.store(checkIn("nightly", OK, NOON));
        missedBy(NOON.plus(Duration.ofHours(3)));
        List<String> told = new ArrayList<>();

        assertThat(data.incidents.tell("a", incident -> told.add(incident.message())))
                .isEqualTo(1);
        assertThat(data.incidents.tell("b", incident -> told.add(incident.message())))
                .isZero();
        assertThat(told).containsExactly("nightly missed a check-in");

        data.store(checkIn("nightly", OK, NOON.plus(Duration.ofMinutes(200))));
        assertThat(data.incidents.resolve(NOON.plus(Duration.ofMinutes(201))))
                .as("its event is on its way to an issue")
                .isZero();
        assertThat(data.incidents.resolve(NOON.plus(Duration.ofDays(3)))).isEqualTo(1);
        assertThat(data.incidents.resolve(NOON.plus(Duration.ofDays(3)))).isZero();
    }

    @Test
    void anIncidentWhoseEventIsAwaitedHoldsUpNoOther() {
        for (String slug : List.of("a", "b")) {
            data.add(hourly(slug), NOON.minusSeconds(60));
            data.store(checkIn(slug, ERROR, NOON));
        }
        assertThat(data.incidents.tell("one", _ -> {})).isEqualTo(2);
        data.store(checkIn("a", OK, NOON.plus(Duration.ofMinutes(10))));
        data.store(checkIn("b", OK, NOON.plus(Duration.ofHours(47))));

        assertThat(data.incidents.resolve(NOON.plus(Duration.ofDays(2)))).isEqualTo(1);
        assertThat(data.database.texts("""
                        SELECT m.slug FROM monitor_environments e JOIN monitors m ON m.id = e.monitor_id
                        WHERE e.incident_event_id IS NOT NULL
                        """)).containsExactly("b");
    }

    @Test
    void runsOfAProjectThatTakesNothingAreNotInTheWayOfOthers() {
        List<BatchRecord> stuck = new ArrayList<>();
        for (int i = 0; i < 201; i++) {
            stuck.add(checkIn("stuck", UUID.randomUUID(), IN_PROGRESS, NOON));
        }
        data.store(stuck.toArray(BatchRecord[]::new));
        data.store(record(
                2,
                new NewCheckIn("nightly", "production", UUID.randomUUID(), IN_PROGRESS, null, null, null, null, null),
                NOON.plusSeconds(1)));
        data.database
                .jdbc
                .sql("UPDATE projects SET status = 'disabled' WHERE id = 1")
                .update();

        assertThat(data.sweep.sweep(NOON.plus(Duration.ofMinutes(31))).timedOut())
                .isEqualTo(1);
    }

    @Test
    void aRunOfTheNightInWhichClocksGoOnIsDueWhenTheyDo() {
        Instant before = Instant.parse("2026-03-28T01:30:00Z");
        data.add(settings("nightly", "30 2 * * *", "Europe/Berlin", 1, 1), before.minusSeconds(60));
        data.store(checkIn("nightly", OK, before.plusSeconds(1)));
        assertThat(data.state()).isEqualTo("ok 01:00 0");

        assertThat(missedBy(Instant.parse("2026-03-29T01:04:59Z"))).isZero();
        assertThat(missedBy(Instant.parse("2026-03-29T01:05:00Z"))).isEqualTo(1);
        assertThat(data.state()).isEqualTo("missed 00:30 1 failing");
    }

    @Test
    void whatIsMutedIsMissedAndNotTold() {
        MonitorSettings active = hourly("nightly");
        long id = data.add(active, NOON.minusSeconds(60));
        data.store(checkIn("nightly", OK, NOON));
        StoredMonitor monitor = data.store.find(id).orElseThrow();
        data.store.replace(monitor, with(active, MonitorStatus.MUTED), NOON.plusSeconds(1));

        assertThat(missedBy(NOON.plus(Duration.ofMinutes(65)))).isEqualTo(1);
        assertThat(data.state()).isEqualTo("missed 14:00 1");
        assertThat(data.incidents.tell("a", _ -> {})).isZero();
    }

    @Test
    void ofWhatIsDisabledNothingIsKeptNorMissed() {
        MonitorSettings active = hourly("nightly");
        long id = data.add(active, NOON.minusSeconds(60));
        data.store(checkIn("nightly", OK, NOON));
        StoredMonitor monitor = data.store.find(id).orElseThrow();
        data.store.replace(monitor, with(active, MonitorStatus.DISABLED), NOON.plusSeconds(1));

        data.store(checkIn("nightly", ERROR, NOON.plusSeconds(10)));
        assertThat(missedBy(NOON.plus(Duration.ofHours(5)))).isZero();
        assertThat(data.checkIns()).containsExactly("ok 12:00");

        Instant later = NOON.plus(Duration.ofMinutes(330));
        data.store.replace(data.store.find(id).orElseThrow(), active, later);
        assertThat(data.state()).as("due anew from then on").isEqualTo("ok 18:00 0");
        assertThat(missedBy(later.plusSeconds(60))).isZero();
    }

    @Test
    void ofAProjectThatTakesNothingNothingIsMissed() {
        data.add(hourly("nightly"), NOON.minusSeconds(60));
        data.store(checkIn("nightly", OK, NOON));
        data.database.jdbc.sql("UPDATE projects SET status = 'disabled'").update();

        assertThat(missedBy(NOON.plus(Duration.ofMinutes(330)))).isZero();
        assertThat(data.state()).isEqualTo("ok 18:00 0");
    }

    @Test
    void processesThatSweepAtOnceFindEachOnce() throws Exception {
        for (int i = 0; i < 50; i++) {
            data.add(hourly("m" + i), NOON.minusSeconds(60));
            data.store(checkIn("m" + i, OK, NOON));
        }
        try (ExecutorService processes = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> found = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                found.add(processes.submit(() -> missedBy(NOON.plus(Duration.ofMinutes(130)))));
            }
            int sum = 0;
            for (Future<Integer> one : found) {
                sum += one.get();
            }
            sum += missedBy(NOON.plus(Duration.ofMinutes(130)));

            assertThat(sum).isEqualTo(100);
        }
        assertThat(data.database.texts("SELECT count(*)::text FROM check_ins WHERE status = 'missed'"))
                .containsExactly("100");
    }

    private static int missedBy(Instant until) {
        return data.sweep.sweep(until).missed();
    }

    private static MonitorSettings with(MonitorSettings settings, MonitorStatus status) {
        return new MonitorSettings(
                settings.slug(),
                settings.name(),
                status,
                settings.schedule(),
                settings.timeZone(),
                settings.marginMinutes(),
                settings.maxRuntimeMinutes(),
                settings.failureThreshold(),
                settings.recoveryThreshold(),
                settings.owner());
    }
}
