package dev.resentry.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Days of events have an index of their tags once they are over. */
class TagIndexesIT {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String YESTERDAY = "events_20261119_tags";
    private static final String DAY_BEFORE = "events_20261118_tags";

    private static HikariDataSource pool;
    private static JdbcClient jdbc;

    private final TagIndexes indexes = new TagIndexes(pool);

    @BeforeAll
    static void start() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                3,
                "",
                "",
                "",
                10,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        for (String day : List.of("2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21")) {
            jdbc.sql("SELECT ensure_day_partitions(:day::date)")
                    .param("day", day)
                    .query((_, _) -> "")
                    .list();
        }
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @BeforeEach
    void forget() {
        made().forEach(index -> jdbc.sql("DROP INDEX " + index).update());
    }

    @Test
    void makesTheIndexOfEachDayThatIsOverOnce() {
        assertThat(indexes.makeNext(NOW)).contains(YESTERDAY);
        assertThat(indexes.makeNext(NOW)).contains(DAY_BEFORE);
        assertThat(indexes.makeNext(NOW)).isEmpty();
        assertThat(made()).containsExactlyInAnyOrder(YESTERDAY, DAY_BEFORE);
    }

    @Test
    void leavesADayAloneUntilWhatArrivedAtItsEndIsStored() {
        assertThat(indexes.makeNext(Instant.parse("2026-11-20T00:59:59Z"))).contains(DAY_BEFORE);
        assertThat(indexes.makeNext(Instant.parse("2026-11-20T00:59:59Z"))).isEmpty();
        assertThat(indexes.makeNext(Instant.parse("2026-11-20T01:00:00Z"))).contains(YESTERDAY);
    }

    @Test
    void makesAnIndexAgainThatWasBrokenOff() {
        while (indexes.makeNext(NOW).isPresent()) {}
        jdbc.sql("UPDATE pg_index SET indisvalid = false WHERE indexrelid = :index::regclass")
                .param("index", DAY_BEFORE)
                .update();

        assertThat(indexes.makeNext(NOW)).contains(DAY_BEFORE);
        assertThat(indexes.makeNext(NOW)).isEmpty();
        assertThat(made()).containsExactlyInAnyOrder(YESTERDAY, DAY_BEFORE);
    }

    @Test
    void leavesItToAnotherProcessThatIsAtIt() throws SQLException {
        try (Connection other = pool.getConnection();
                var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('resentry.tag_indexes'))");
            assertThat(indexes.makeNext(NOW)).isEmpty();
            statement.execute("SELECT pg_advisory_unlock(hashtext('resentry.tag_indexes'))");
        }
        assertThat(indexes.makeNext(NOW)).contains(YESTERDAY);
    }

    @Test
    void isReadByThoseWhoAskForAWholeValue() throws SQLException {
        while (indexes.makeNext(NOW).isPresent()) {}
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            try (var rows = statement.executeQuery("""
                    EXPLAIN SELECT e.issue_id FROM events e
                    WHERE e.tags @> jsonb_build_object('request'::text, 'r-17'::text) AND e.received_at < '2026-11-20'
                    """)) {
                var plan = new StringBuilder();
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
                assertThat(plan).contains("Bitmap Index Scan on " + YESTERDAY, "Bitmap Index Scan on " + DAY_BEFORE);
            }
            statement.execute("RESET enable_seqscan");
        }
    }

    private static List<String> made() {
        return jdbc.sql("""
                        SELECT indexrelid::regclass::text FROM pg_index
                        WHERE indexrelid::regclass::text LIKE 'events%tags' AND indisvalid
                        """).query(String.class).list();
    }
}
