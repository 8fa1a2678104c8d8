package dev.resentry.storage.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.UserHash;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.session.SessionHash;
import dev.resentry.model.session.SessionHealth;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.rollup.RollupDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions are counted once each, on a real database. */
@Timeout(120)
class SessionWriterIT {
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final List<SessionHealth> HEALTHS = List.of(SessionHealth.values());
    private static final AtomicLong OFFSET = new AtomicLong();

    private static Instant now;
    private static RollupDatabase database;

    @BeforeAll
    static void start() {
        now = Instant.now().truncatedTo(ChronoUnit.HOURS);
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
                        "TRUNCATE envelopes, envelope_items, session_hours, session_minutes, session_users, errored_sessions")
                .update();
        database.jdbc.sql("DELETE FROM releases").update();
    }

    @Test
    void healthySessionsAreCountedAndLeaveNoRowOfTheirOwn() {
        List<BatchRecord> batch = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batch.add(update("s" + i, true, SessionHealth.HEALTHY, "u" + i % 10));
            batch.add(update("s" + i, false, SessionHealth.HEALTHY, "u" + i % 10));
        }
        database.batches.store(batch);

        assertThat(hours()).containsExactly("100 sessions, 0 errored, 0 unhandled, 0 abnormal, 0 crashed");
        assertThat(rows("errored_sessions")).isZero();
        assertThat(rows("session_users")).isEqualTo(1);
        assertThat(database.texts("SELECT version FROM releases")).containsExactly("shop@1.0");
    }

    @Test
    void aRetryInAnEnvelopeOfItsOwnCountsNothingASecondTime() {
        for (int i = 0; i < 3; i++) {
            database.batches.store(List.of(update("a", true, SessionHealth.HEALTHY, "ann")));
            database.batches.store(List.of(update("b", true, SessionHealth.CRASHED, "bob")));
            database.batches.store(List.of(update("a", false, SessionHealth.ERRORED, "ann")));
        }

        assertThat(hours()).containsExactly("2 sessions, 2 errored, 0 unhandled, 0 abnormal, 1 crashed");
        assertThat(minutes()).isEqualTo(hours());
    }

    @Test
    void aBatchThatComesOnceMoreChangesNothing() {
        List<BatchRecord> batch = List.of(
                update("a", true, SessionHealth.CRASHED, "ann"), bucket(new SessionCounts(10, 4, 1, 1, 1, 0, 0)));
        database.batches.store(batch);
        database.batches.store(batch);

        assertThat(hours()).containsExactly("11 sessions, 5 errored, 1 unhandled, 1 abnormal, 2 crashed");
    }

    @Test
    void whatAnSdkCountedIsCountedOnceIfItSaysWhenItWasSent() {
        var counts = new SessionCounts(10, 4, 1, 1, 1, 0, 0);
        SessionHash item = SessionHash.ofCounted(new ProjectId(1), now, new byte[] {1});
        database.batches.store(List.of(bucket(counts, item), bucket(counts, item)));
        database.batches.store(List.of(bucket(counts, item)));
        assertThat(hours()).containsExactly("10 sessions, 4 errored, 1 unhandled, 1 abnormal, 1 crashed");

        database.batches.store(List.of(
                bucket(counts, SessionHash.ofCounted(new ProjectId(1), now.plusMillis(1), new byte[] {1})),
                bucket(counts, SessionHash.ofCounted(new ProjectId(1), now, new byte[] {2}))));
        assertThat(hours()).containsExactly("30 sessions, 12 errored, 3 unhandled, 3 abnormal, 3 crashed");

        database.batches.store(List.of(bucket(counts)));
        database.batches.store(List.of(bucket(counts)));
        assertThat(hours())
                .as("nothing tells what has no time of sending from another sender's")
                .containsExactly("50 sessions, 20 errored, 5 unhandled, 5 abnormal, 5 crashed");
        assertThat(rows("session_users")).as("kinds of the one user").isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void updatesCountTheSameInWhicheverOrderAndBatchesTheyCome(long seed) {
        List<BatchRecord> updates = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            updates.add(update("s" + i, true, SessionHealth.HEALTHY, "u" + i));
            updates.add(update("s" + i, false, HEALTHS.get(i % 5), "u" + i));
            updates.add(update("s" + i, false, HEALTHS.get(i % 3), "u" + i));
        }
        var random = new Random(seed);
        Collections.shuffle(updates, random);
        for (int begin = 0; begin < updates.size(); begin += 10) {
            database.batches.store(updates.subList(begin, begin + 10));
        }

        assertThat(hours()).containsExactly(expected(40));
        assertThat(database.texts("SELECT count(*)::text FROM errored_sessions"))
                .containsExactly(Long.toString(errored(40)));
    }

    @Test
    void threeProcessorsAtOnceCountEachSessionOnce() throws Exception {
        try (ExecutorService processors = Executors.newFixedThreadPool(3)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                // Each sends all, as three retries would, in an order of its own.
                List<BatchRecord> all = new ArrayList<>(IntStream.range(0, 60)
                        .mapToObj(n -> n % 2 == 0
                                ? update("s" + n, true, SessionHealth.HEALTHY, "u" + n)
                                : update("s" + n, true, SessionHealth.CRASHED, "u" + n))
                        .toList());
                Collections.shuffle(all, new Random(i));
                running.add(processors.submit(() -> {
                    for (int begin = 0; begin < all.size(); begin += 6) {
                        database.batches.store(all.subList(begin, begin + 6));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(hours()).containsExactly("60 sessions, 30 errored, 0 unhandled, 0 abnormal, 30 crashed");
    }

    @Test
    void aCrashWhoseStartIsLostCountsAsACrashAndAsNoSession() {
        database.batches.store(List.of(update("a", false, SessionHealth.CRASHED, "ann")));

        assertThat(hours()).containsExactly("0 sessions, 1 errored, 0 unhandled, 0 abnormal, 1 crashed");
    }

    @Test
    void aSessionThatGoesWorseCountsAsTheWorstAlone() {
        database.batches.store(List.of(update("a", true, SessionHealth.ERRORED, "ann")));
        database.batches.store(List.of(update("a", false, SessionHealth.UNHANDLED, "ann")));
        database.batches.store(List.of(update("a", false, SessionHealth.CRASHED, "ann")));
        database.batches.store(List.of(update("a", false, SessionHealth.ABNORMAL, "ann")));

        assertThat(hours()).containsExactly("1 sessions, 1 errored, 0 unhandled, 0 abnormal, 1 crashed");
    }

    @Test
    void theSameIdInAnotherProjectIsAnotherSession() {
        database.batches.store(List.of(
                update("a", true, SessionHealth.CRASHED, "ann"),
                record(
                        2,
                        new NewSession.Update(
                                "shop@1.0",
                                "prod",
                                now,
                                SessionHash.of(new ProjectId(2), "a"),
                                true,
                                SessionHealth.CRASHED,
                                null,
                                null))));

        assertThat(hours()).hasSize(2).allMatch(row -> row.startsWith("1 sessions, 1 errored"));
    }

    @Test
    void whatBeganBeforeMinutesAreKeptCountsByHourAlone() {
        database.batches.store(List.of(record(
                1,
                new NewSession.Update(
                        "shop@1.0",
                        null,
                        now.minus(Duration.ofDays(4)),
                        SessionHash.of(new ProjectId(1), "old"),
                        true,
                        SessionHealth.HEALTHY,
                        Duration.ofSeconds(3),
                        null))));

        assertThat(hours()).containsExactly("1 sessions, 0 errored, 0 unhandled, 0 abnormal, 0 crashed");
        assertThat(minutes()).isEmpty();
        assertThat(database.texts("SELECT durations || ' ' || duration_ms || environment FROM session_hours"))
                .containsExactly("1 3000");
    }

    private static String expected(int sessions) {
        long unhandled = 0;
        long abnormal = 0;
        long crashed = 0;
        for (int i = 0; i < sessions; i++) {
            switch (HEALTHS.get(Math.max(i % 5, i % 3))) {
                case UNHANDLED -> unhandled++;
                case ABNORMAL -> abnormal++;
                case CRASHED -> crashed++;
                case HEALTHY, ERRORED -> {}
            }
        }
        return "%d sessions, %d errored, %d unhandled, %d abnormal, %d crashed"
                .formatted(sessions, errored(sessions), unhandled, abnormal, crashed);
    }

    private static long errored(int sessions) {
        return IntStream.range(0, sessions)
                .filter(i -> Math.max(i % 5, i % 3) > 0)
                .count();
    }

    private static BatchRecord update(String id, boolean starts, SessionHealth health, String user) {
        var project = new ProjectId(1);
        return record(
                1,
                new NewSession.Update(
                        "shop@1.0",
                        "prod",
                        now,
                        SessionHash.of(project, id),
                        starts,
                        health,
                        null,
                        new UserHash(user.hashCode())));
    }

    private static BatchRecord bucket(SessionCounts counts) {
        return bucket(counts, null);
    }

    private static BatchRecord bucket(SessionCounts counts, @Nullable SessionHash item) {
        return record(1, new NewSession.Bucket("shop@1.0", "prod", now, counts, new UserHash(1), item));
    }

    private static BatchRecord record(long project, NewSession session) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var receipt = new Receipt(
                EnvelopeId.at(at),
                new ProjectId(project),
                KEY,
                at,
                Endpoint.ENVELOPE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of());
        var item = new IngestedItem(
                ItemHeader.of(ItemType.Known.SESSION), 0, 1, null, new Outcome.Stored(), List.of(session));
        return new Received(
                new SourceRecord("envelopes", null, 0, OFFSET.getAndIncrement(), List.of(), new byte[1]),
                new IngestedEnvelope(new RawEnvelope(receipt, new byte[1]), null, new Outcome.Stored(), List.of(item)));
    }

    private static List<String> hours() {
        return counts("session_hours");
    }

    private static List<String> minutes() {
        return counts("session_minutes");
    }

    private static List<String> counts(String table) {
        return database.texts("""
                SELECT format('%%s sessions, %%s errored, %%s unhandled, %%s abnormal, %%s crashed',
                              sessions, errored, unhandled, abnormal, crashed)
                FROM %s ORDER BY project_id
                """.formatted(table));
    }

    private static long rows(String table) {
        return database.jdbc
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }
}
