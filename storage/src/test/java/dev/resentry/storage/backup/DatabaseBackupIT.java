package dev.resentry.storage.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database is read while it is written to, and another is made of it that is the same. */
class DatabaseBackupIT {
    private static final UUID TOPIC = new UUID(1, 2);

    private final String url = TestServers.shared().newDatabaseUrl();
    private HikariDataSource pool;
    private JdbcClient jdbc;

    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
    private record Saved(SavedTable table, byte[] rows) {}

    private record Backup(List<String> schema, List<Saved> tables, List<SequenceValue> sequences, LedgerSums ledger) {}

    @BeforeEach
    void connect() {
        pool = pool(url);
        jdbc = JdbcClient.create(pool);
    }

    @AfterEach
    void disconnect() {
        pool.close();
    }

    @Test
    void everyRowOfEveryTableIsThereAgainAndNewOnesAreNumberedOn() throws IOException {
        new SchemaMigration(pool).migrate();
        fill(jdbc, "2026-11-20");
        fill(jdbc, "2026-11-21");
        jdbc.sql("DROP TABLE envelopes_20261120").update();
        Map<String, Long> before = counts(jdbc);
        String issues = digest(jdbc, "issues");

        Backup backup;
        try (var snapshot = DatabaseSnapshot.take(DatabaseAddress.parse(url))) {
            // What is written behind the moment of the snapshot is not in it, in whichever table.
            fill(jdbc, "2026-11-22");
            backup = read(snapshot);
        }

        String other = TestServers.shared().newDatabaseUrl();
        restore(backup, other);
        try (HikariDataSource restored = pool(other)) {
            JdbcClient there = JdbcClient.create(restored);
            // Gateways are to be told of the projects.
            assertThat(there.sql("DELETE FROM project_outbox").update()).isEqualTo(2);
            assertThat(counts(there)).isEqualTo(before);
            assertThat(digest(there, "issues")).isEqualTo(issues);
            assertThat(there.sql("SELECT body FROM envelopes")
                            .query(byte[].class)
                            .list())
                    .containsExactly(new byte[] {0, 1, (byte) 255});
            assertThat(there.sql("SELECT max(id) FROM issues").query(Long.class).single())
                    .isLessThan(there.sql(
                                    "INSERT INTO issues (project_id, title, level, event_count, first_seen, last_seen, created_at) "
                                            + "VALUES (1, 'new', 'error', 1, now(), now(), now()) RETURNING id")
                            .query(Long.class)
                            .single());
            assertThat(there.sql(
                                    "SELECT count(*) FROM logs WHERE pg_visible_in_snapshot(stored_by, pg_current_snapshot())")
                            .query(Long.class)
                            .single())
                    .as("rows that a look at new logs sees as old")
                    .isEqualTo(2);
            assertThat(there.sql("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void aDayDoesNotExpireWhileItIsRead() {
        new SchemaMigration(pool).migrate();
        fill(jdbc, "2026-11-20");

        try (var _ = DatabaseSnapshot.take(DatabaseAddress.parse(url))) {
            assertThatThrownBy(() -> jdbc.sql("SET lock_timeout = '100ms'; DROP TABLE events_20261120")
                            .update())
                    .hasMessageContaining("lock timeout");
        }
        jdbc.sql("DROP TABLE events_20261120").update();
    }

    @Test
    void aBackupOfAnOlderSchemaIsBroughtUpToDateOnceItIsLoaded() throws IOException {
        SchemaMigration.upTo(pool, "40").migrate();
        jdbc.sql("INSERT INTO projects (slug, name, status, revision, created_at, updated_at) "
                        + "VALUES ('shop', 'Shop', 'active', 1, now(), now())")
                .update();
        Backup backup;
        try (var snapshot = DatabaseSnapshot.take(DatabaseAddress.parse(url))) {
            backup = read(snapshot);
        }
        assertThat(backup.schema()).last().isEqualTo("40");

        String other = TestServers.shared().newDatabaseUrl();
        restore(backup, other);

        try (HikariDataSource restored = pool(other)) {
            new SchemaMigration(restored).requireCurrent();
            assertThat(JdbcClient.create(restored)
                            .sql("SELECT slug FROM projects")
                            .query(String.class)
                            .list())
                    .containsExactly("shop");
        }
    }

    @Test
    void whatIsThereIsNotTouchedAndWhatIsNewerIsNotUnderstood() {
        new SchemaMigration(pool).migrate();
        String empty = TestServers.shared().newDatabaseUrl();

        try (var restore = new DatabaseRestore(DatabaseAddress.parse(url))) {
            assertThatThrownBy(restore::requireEmpty)
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("is not empty");
        }
        List<String> newer = new ArrayList<>(new SchemaMigration(pool).versions());
        newer.add("9999");
        List<String> lacking = new ArrayList<>(new SchemaMigration(pool).versions());
        lacking.remove(3);
        try (var restore = new DatabaseRestore(DatabaseAddress.parse(empty))) {
            restore.requireEmpty();
            assertThatThrownBy(() -> restore.createSchema(newer))
                    .hasMessageContaining("made by a newer Resentry: it has migration 9999");
            assertThatThrownBy(() -> restore.createSchema(lacking)).hasMessageContaining("The backup lacks migration");
            restore.requireEmpty();
        }
    }

    @Test
    void nothingStartsOnHalfOfARestore() {
        String other = TestServers.shared().newDatabaseUrl();
        List<String> versions = new SchemaMigration(pool).versions();
        try (var restore = new DatabaseRestore(DatabaseAddress.parse(other))) {
            restore.createSchema(versions);
        }

        try (HikariDataSource restored = pool(other);
                var again = new DatabaseRestore(DatabaseAddress.parse(other))) {
            assertThatThrownBy(() -> new SchemaMigration(restored).migrate()).hasMessageContaining("was cut off");
            assertThatThrownBy(() -> new SchemaMigration(restored).requireCurrent())
                    .hasMessageContaining("was cut off");
            assertThatThrownBy(again::requireEmpty).hasMessageContaining("was cut off");
        }
    }

    @Test
    void whatWasProcessedIsKnownByItsFates() {
        new SchemaMigration(pool).migrate();
        jdbc.sql("INSERT INTO topic_partitions VALUES (:id, 0, 'envelopes', 5, 10, now())")
                .param("id", TOPIC)
                .update();
        jdbc.sql("INSERT INTO topic_fates VALUES (:id, 0, 5, 10, 'stored'), (:id, 0, 12, 14, 'stored')")
                .param("id", TOPIC)
                .update();

        try (var snapshot = DatabaseSnapshot.take(DatabaseAddress.parse(url))) {
            TopicProgress progress = snapshot.progress(TOPIC);
            assertThat(progress.nextOffsets()).isEqualTo(Map.of(0, 10L));
            assertThat(List.of(4, 9, 12, 13)).allMatch(offset -> progress.isProcessed(0, offset));
            assertThat(List.of(10, 11, 14)).noneMatch(offset -> progress.isProcessed(0, offset));
            assertThat(progress.isProcessed(1, 0)).isFalse();
            assertThat(snapshot.ledger().records()).isEqualTo(Map.of("stored", 7L));
        }
        try (var restore = new DatabaseRestore(DatabaseAddress.parse(url))) {
            assertThat(restore.account("envelopes", TOPIC, Map.of(0, 15L))).isEqualTo(3);
            assertThat(restore.ledger().records()).isEqualTo(Map.of("stored", 7L, "duplicate", 3L));
            assertThat(restore.progress(TOPIC).nextOffsets()).isEqualTo(Map.of(0, 15L));
        }
    }

    private static Backup read(DatabaseSnapshot snapshot) throws IOException {
        List<Saved> tables = new ArrayList<>();
        for (SavedTable table : snapshot.tables()) {
            var rows = new ByteArrayOutputStream();
            snapshot.copy(table, rows);
            tables.add(new Saved(table, rows.toByteArray()));
        }
        return new Backup(snapshot.schema(), tables, snapshot.sequences(), snapshot.ledger());
    }

    private static void restore(Backup backup, String url) throws IOException {
        try (var restore = new DatabaseRestore(DatabaseAddress.parse(url))) {
            restore.requireEmpty();
            restore.createSchema(backup.schema());
            restore.prepare(backup.tables().stream().map(Saved::table).toList());
            for (Saved saved : backup.tables()) {
                long loaded = restore.load(saved.table(), new ByteArrayInputStream(saved.rows()));
                assertThat(restore.count(saved.table())).isEqualTo(loaded);
            }
            assertThat(restore.ledger()).isEqualTo(backup.ledger());
            restore.numberOn(backup.sequences());
            restore.complete(false);
        }
    }

    private static void fill(JdbcClient jdbc, String day) {
        jdbc.sql("SELECT ensure_day_partitions(:day::date)")
                .param("day", day)
                .query()
                .listOfRows();
        jdbc.sql("INSERT INTO projects (slug, name, status, revision, created_at, updated_at) "
                        + "VALUES (:slug, 'Shop', 'active', 1, now(), now())")
                .param("slug", "shop-" + day)
                .update();
        jdbc.sql("""
                        INSERT INTO issues (project_id, title, level, event_count, first_seen, last_seen, created_at)
                        SELECT id, 'It broke', 'error', 1, now(), now(), now() FROM projects ORDER BY id DESC LIMIT 1
                        """).update();
        jdbc.sql("""
                        INSERT INTO issue_hashes (project_id, strategy, hash, issue_id, created_at)
                        SELECT project_id, 'one', decode('00ff', 'hex'), id, now() FROM issues ORDER BY id DESC LIMIT 1
                        """).update();
        jdbc.sql("""
                        INSERT INTO envelopes (received_at, id, project_id, public_key, endpoint, body, body_size, outcome, item_count)
                        VALUES (:day::timestamptz + interval '12 hours', gen_random_uuid(), 1, 'a', 'envelope', decode('0001ff', 'hex'), 3,
                                'stored', 1)
                        """).param("day", day).update();
        jdbc.sql("""
                        INSERT INTO envelope_totals (project_id, hour, fate, reason, envelopes, items)
                        VALUES (1, :day::timestamptz, 'stored', '', 1, 1)
                        """).param("day", day).update();
        jdbc.sql("""
                        INSERT INTO outcome_totals (project_id, hour, category, outcome, reason, source, items, quantity)
                        VALUES (1, :day::timestamptz, 'error', 'stored', '', 'processor', 1, 1)
                        """).param("day", day).update();
        Map<String, String> required = new TreeMap<>();
        jdbc.sql("""
                        SELECT column_name, data_type FROM information_schema.columns
                        WHERE table_name = 'logs' AND table_schema = current_schema() AND is_nullable = 'NO' AND column_default IS NULL
                          AND is_generated = 'NEVER' AND is_identity = 'NO'
                        """).query(row -> {
            required.put(row.getString(1), row.getString(2));
        });
        jdbc.sql("INSERT INTO logs (%s) VALUES (%s)"
                        .formatted(
                                String.join(", ", required.keySet()),
                                String.join(
                                        ", ",
                                        required.values().stream()
                                                .map(type -> sample(type, day))
                                                .toList())))
                .update();
    }

    private static String sample(String type, String day) {
        return switch (type) {
            case "uuid" -> "gen_random_uuid()";
            case "timestamp with time zone" -> "'%s 12:00:00+00'::timestamptz".formatted(day);
            case "text" -> "'info'";
            case "jsonb" -> "'{}'::jsonb";
            case "bytea" -> "''::bytea";
            case "boolean" -> "false";
            default -> "1";
        };
    }

    /** Rows of all tables that have some. */
    private static Map<String, Long> counts(JdbcClient jdbc) {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : jdbc.sql("""
                        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname <> 'flyway_schema_history'
                          AND c.relname <> 'project_outbox'
                        """).query(String.class).list()) {
            counts.put(
                    table,
                    jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single());
        }
        return counts;
    }

    private static String digest(JdbcClient jdbc, String table) {
        return jdbc.sql("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM %s t".formatted(table))
                .query(String.class)
                .single();
    }

    private static HikariDataSource pool(String url) {
        return DatabaseConfiguration.pool(
                new DatabaseSettings(url, "", 1, "", "", "", 4, Duration.ofSeconds(5), Environment.DEVELOPMENT));
    }
}
