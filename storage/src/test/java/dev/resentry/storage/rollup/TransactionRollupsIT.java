package dev.resentry.storage.rollup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resentry.storage.blob.BlobSweep;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.expiry.ExpiryRun;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.rollup.RollupDatabase.SaidTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is counted of transactions, on a real database. */
@Timeout(120)
class TransactionRollupsIT {
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
        database.jdbc.sql("""
                        TRUNCATE envelopes, envelope_items, transactions, spans, event_identities, transaction_minutes,
                                 transaction_hours
                        """).update();
    }

    @Test
    void quantilesAreThoseOfTheDurationsWithinTheErrorOfTheSketch() {
        var random = new Random(1);
        double[] durations = new double[5_000];
        List<BatchRecord> transactions = new ArrayList<>();
        Instant minute = now.minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.HOURS);
        for (int i = 0; i < durations.length; i++) {
            // From microseconds to hours.
            durations[i] = Math.round(Math.exp(3 + 3 * random.nextGaussian()) * 1_000) / 1_000.0;
            transactions.add(RollupDatabase.transaction(
                    new SaidTransaction(1, "GET /cart", minute.plusMillis(i), durations[i]), List.of()));
        }
        store(transactions, 2_000);
        Arrays.sort(durations);

        DurationSketch sketch = sketch("transaction_hours");

        assertThat(sketch.count()).isEqualTo(durations.length);
        for (double share : new double[] {0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1}) {
            double exact = durations[(int) Math.max(0, Math.ceil(share * durations.length) - 1)];
            if (exact > 0) {
                assertThat(sketch.quantile(share))
                        .as("quantile %s", share)
                        .isCloseTo(exact, within(Math.max(0.001, exact * DurationSketch.RELATIVE_ERROR * 1.000_001)));
            }
        }
        assertThat(database.number("SELECT sum(duration_us) FROM transaction_hours"))
                .isEqualTo(database.number("SELECT sum(round(duration_ms * 1000))::bigint FROM transactions"));
        assertThat(new DurationSketch().quantile(0.5)).isZero();
    }

    @Test
    void minutesAddedUpAreTheirHours() {
        store(transactions(1_500, 3), 200);

        assertThat(database.texts("""
                SELECT concat_ws('|', project_id, hour, name, op, http_method, environment, transactions, failures, duration_us,
                                 buckets, counts)
                FROM transaction_hours ORDER BY 1
                """)).isNotEmpty().isEqualTo(database.texts("""
                SELECT concat_ws('|', project_id, hour, name, op, http_method, environment, transactions, failures, duration_us,
                                 (SELECT array_agg(bucket ORDER BY bucket) FROM (%1$s) AS b),
                                 (SELECT array_agg(n ORDER BY bucket) FROM (%1$s) AS b))
                FROM (SELECT project_id, date_trunc('hour', minute, 'UTC') AS hour, name, op, http_method, environment,
                             sum(transactions)::bigint AS transactions, sum(failures)::bigint AS failures,
                             sum(duration_us)::bigint AS duration_us
                      FROM transaction_minutes GROUP BY 1, 2, 3, 4, 5, 6) AS h
                ORDER BY 1
                """.formatted("""
                SELECT bucket, sum(n)::bigint AS n
                FROM transaction_minutes m, unnest(m.buckets, m.counts) AS u(bucket, n)
                WHERE m.project_id = h.project_id AND date_trunc('hour', m.minute, 'UTC') = h.hour AND m.name = h.name
                  AND m.environment = h.environment
                GROUP BY bucket
                """)));
    }

    @Test
    void inSumsATransactionHasADayAtMost() {
        double days = 400 * 86_400_000.0;
        store(List.of(RollupDatabase.transaction(new SaidTransaction(1, "GET /cart", now, days), List.of())), 1);
        assertThat(database.number("SELECT sum(duration_us) FROM transaction_hours"))
                .isEqualTo(86_400_000_000L);
        rebuild();
        assertThat(database.number("SELECT sum(duration_us) FROM transaction_hours"))
                .isEqualTo(86_400_000_000L);
    }

    @Test
    void failedIsWhatHasAStatusOtherThanOkCancelledOrUnknown() {
        List<String> statuses = Arrays.asList(
                "ok", "cancelled", "canceled", "unknown", null, "internal_error", "not_found", "unknown_error");
        store(
                statuses.stream()
                        .map(status -> RollupDatabase.transaction(
                                new SaidTransaction(1, "GET /cart", null, status, now, 5, UUID.randomUUID()),
                                List.of()))
                        .toList(),
                100);

        assertThat(database.texts("SELECT concat_ws(' ', transactions, failures, environment) FROM transaction_hours"))
                .containsExactly("8 3 ");
    }

    @Test
    void whatComesAgainIsNotCountedAgainAndOrderAndBatchesChangeNothing() {
        List<BatchRecord> transactions = transactions(600, 5);
        store(transactions, 7);
        List<String> counted = rows();

        store(transactions.reversed(), 100);
        assertThat(rows()).as("all of it came again").isEqualTo(counted);

        empty();
        Collections.shuffle(transactions, new Random(6));
        store(transactions, 50);
        assertThat(rows()).as("in another order").isEqualTo(counted);
    }

    @Test
    void countingAgainGivesTheRowsThatAreThereAlsoAfterAllAreGone() {
        store(transactions(800, 7), 60);
        List<String> counted = rows();

        rebuild();
        assertThat(rows()).as("over what is there").isEqualTo(counted);

        database.jdbc.sql("TRUNCATE transaction_minutes, transaction_hours").update();
        rebuild();
        assertThat(rows()).as("from transactions alone").isEqualTo(counted);

        database.jdbc.sql("TRUNCATE transactions").update();
        rebuild();
        assertThat(rows()).as("nothing is left").isEmpty();
        assertThat(database.rebuild.rebuildTransactions(999, now, now)).isFalse();
    }

    @Test
    void theMigrationCountsWhatIsStored() throws IOException {
        store(transactions(500, 9), 100);
        List<String> counted = rows();
        database.jdbc.sql("TRUNCATE transaction_minutes, transaction_hours").update();
        String migration;
        try (InputStream file = Objects.requireNonNull(
                SchemaMigration.class.getResourceAsStream("/db/migration/V40__transaction_rollups.sql"))) {
            migration = new String(file.readAllBytes(), UTF_8);
        }
        String fill = migration.substring(migration.indexOf("-- What is there already."));

        new TransactionTemplate(new DataSourceTransactionManager(database.pool))
                .executeWithoutResult(_ -> new JdbcTemplate(database.pool).execute(fill));

        assertThat(rows()).isEqualTo(counted);
    }

    @Test
    void manyProcessorsCountWhatOneDoesThoughItIsCountedAgainMeanwhile() throws Exception {
        List<BatchRecord> transactions = transactions(900, 8);
        store(transactions, 100);
        List<String> counted = rows();
        empty();

        try (ExecutorService processors = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<BatchRecord> mine = new ArrayList<>(transactions);
                Collections.shuffle(mine, new Random(i));
                running.add(processors.submit(() -> store(mine, 20)));
            }
            running.add(processors.submit(() -> {
                for (int i = 0; i < 5; i++) {
                    rebuild();
                }
            }));
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(rows()).isEqualTo(counted);
    }

    @Test
    void ofTooManyNamesInAnHourThoseThatCameFirstAreCountedApart() {
        Instant hour = now.minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);
        List<BatchRecord> transactions = new ArrayList<>();
        for (int i = 0; i < TransactionCounts.MOST_KEYS + 30; i++) {
            // One that is called as the rest is no part of it, and takes a place.
            String name = i == 0 ? TransactionCounts.OTHER : "GET /" + i;
            transactions.add(RollupDatabase.transaction(
                    new SaidTransaction(1, name, hour.plusMillis(i), 1 + i % 50), List.of()));
        }
        store(transactions, 1_000);
        store(
                List.of(RollupDatabase.transaction(
                        new SaidTransaction(1, "GET /7", hour.plusSeconds(600), 3), List.of())),
                1);

        assertThat(database.number("SELECT count(*) FROM transaction_hours"))
                .isEqualTo(TransactionCounts.MOST_KEYS + 1);
        assertThat(database.number("SELECT transactions FROM transaction_hours WHERE name = '<other>' AND op = ''"))
                .isEqualTo(30);
        assertThat(database.number("SELECT transactions FROM transaction_hours WHERE name = 'GET /7'"))
                .isEqualTo(2);
        List<String> counted = rows();
        rebuild();
        assertThat(rows()).isEqualTo(counted);
        database.jdbc.sql("TRUNCATE transaction_minutes, transaction_hours").update();
        rebuild();
        assertThat(rows()).as("those that ended first").isEqualTo(counted);
    }

    @Test
    void minutesAreKeptForTwoDaysAndHoursAsLongAsTransactions() {
        Instant old = now.minus(Duration.ofDays(6));
        store(
                List.of(
                        RollupDatabase.transaction(new SaidTransaction(1, "GET /old", old, 5), List.of()),
                        RollupDatabase.transaction(new SaidTransaction(1, "GET /cart", now, 5), List.of())),
                1);
        assertThat(database.texts("SELECT name FROM transaction_minutes")).containsExactly("GET /cart");
        assertThat(database.number("SELECT count(*) FROM transaction_hours")).isEqualTo(2);

        expire(now.plus(Duration.ofDays(3)));
        assertThat(database.number("SELECT count(*) FROM transaction_minutes")).isZero();
        assertThat(database.number("SELECT count(*) FROM transaction_hours")).isEqualTo(2);

        // As retention does it.
        database.jdbc
                .sql("DROP TABLE transactions_"
                        + old.toString().substring(0, 10).replace("-", ""))
                .update();
        rebuild();
        assertThat(database.texts("SELECT name FROM transaction_hours ORDER BY name"))
                .as("what has expired stays counted")
                .containsExactly("GET /cart", "GET /old");
    }

    private static void expire(Instant at) {
        database.jdbc.sql("DELETE FROM leases").update();
        var transactions = new DataSourceTransactionManager(database.pool);
        new ExpiryRun(
                        database.pool,
                        transactions,
                        new BlobSweep(database.pool, transactions, new PostgresBlobStore(database.pool)),
                        Retention.unlimited())
                .run(at, () -> false);
    }

    private static List<BatchRecord> transactions(int count, long seed) {
        var random = new Random(seed);
        List<BatchRecord> transactions = new ArrayList<>();
        Instant begin = now.minus(Duration.ofHours(30)).truncatedTo(ChronoUnit.HOURS);
        for (int i = 0; i < count; i++) {
            transactions.add(RollupDatabase.transaction(
                    new SaidTransaction(
                            1 + random.nextInt(2),
                            "GET /" + random.nextInt(5),
                            random.nextInt(3) == 0 ? null : "production",
                            random.nextInt(4) == 0 ? "internal_error" : "ok",
                            begin.plusSeconds(random.nextInt(4 * 3_600)).plusNanos(random.nextInt(1_000) * 1_000L),
                            random.nextInt(2_000_000) / 1_000.0,
                            UUID.randomUUID()),
                    List.of()));
        }
        return transactions;
    }

    private static void store(List<BatchRecord> transactions, int size) {
        for (int i = 0; i < transactions.size(); i += size) {
            database.batches.store(transactions.subList(i, Math.min(i + size, transactions.size())));
        }
    }

    private static void rebuild() {
        database.rebuild.rebuildTransactions(1, now.minus(Duration.ofDays(6)), now);
        database.rebuild.rebuildTransactions(2, now.minus(Duration.ofDays(2)), now);
    }

    private static List<String> rows() {
        return database.texts("""
                SELECT 'minute ' || m::text FROM transaction_minutes m UNION ALL SELECT 'hour ' || h::text FROM transaction_hours h
                ORDER BY 1
                """);
    }

    private static DurationSketch sketch(String table) {
        var sketch = new DurationSketch();
        database.jdbc.sql("SELECT buckets, counts FROM " + table).query(row -> {
            sketch.add((Integer[]) row.getArray(1).getArray(), (Long[])
                    row.getArray(2).getArray());
        });
        return sketch;
    }
}
