package dev.resentry.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Who looks again and again at what was committed sees each log once, in whatever order transactions end. */
class CommittedLogsIT {
    private static final LogFilter ALL = filter(VisibleProjects.ALL, null);

    private static HikariDataSource pool;
    private static CommittedLogs committed;
    private Instant now;

    @BeforeAll
    static void start() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                1,
                "",
                "",
                "",
                10,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        JdbcClient jdbc = JdbcClient.create(pool);
        committed = new CommittedLogs(jdbc, new BoundedReads(jdbc, new DataSourceTransactionManager(pool)));
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @BeforeEach
    void today() {
        now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        JdbcClient.create(pool)
                .sql("SELECT ensure_day_partitions((:at::timestamptz AT TIME ZONE 'UTC')::date)")
                .param("at", now.atOffset(ZoneOffset.UTC))
                .query((_, _) -> "")
                .list();
    }

    @Test
    void aTransactionThatEndsAfterALaterOneIsSeenByTheNextLook() throws SQLException {
        String before = committed.now();
        try (Connection first = transaction();
                Connection second = transaction()) {
            insert(first, "began first", 1, now);
            insert(second, "began second", 1, now);
            second.commit();
            CommittedLogs.Look one = look(before, ALL);
            assertThat(one.logs()).extracting(StoredLog::body).containsExactly("began second");

            first.commit();
            CommittedLogs.Look two = look(one.seen(), ALL);
            assertThat(two.logs()).extracting(StoredLog::body).containsExactly("began first");

            CommittedLogs.Look three = look(two.seen(), ALL);
            assertThat(three.logs()).isEmpty();
            assertThat(three.matched()).isZero();
        }
    }

    @Test
    void whatIsRolledBackIsNeverSeen() throws SQLException {
        String before = committed.now();
        try (Connection undone = transaction();
                Connection other = transaction()) {
            insert(undone, "undone", 1, now);
            undone.rollback();
            insert(other, "done", 1, now);
            other.commit();
        }

        assertThat(look(before, ALL).logs()).extracting(StoredLog::body).containsExactly("done");
    }

    @Test
    void ofMoreThanCanBeToldTheNewestAreAndTheNumberOfAll() throws SQLException {
        String before = committed.now();
        try (Connection connection = transaction()) {
            for (int i = 0; i < 12; i++) {
                insert(connection, "log " + i, 1, now.plusMillis(i));
            }
            connection.commit();
        }

        CommittedLogs.Look look = look(before, ALL);

        assertThat(look.matched()).isEqualTo(12);
        assertThat(look.logs())
                .hasSize(10)
                .extracting(StoredLog::body)
                .startsWith("log 11", "log 10")
                .doesNotContain("log 1");
    }

    @Test
    void otherProjectsOtherLevelsAndWhatArrivedLongAgoAreLeftOut() throws SQLException {
        String before = committed.now();
        try (Connection connection = transaction()) {
            insert(connection, "of two", 2, now);
            insert(connection, "of one", 1, now);
            connection.commit();
        }

        assertThat(look(before, filter(new VisibleProjects(Set.of(2L)), null)).logs())
                .extracting(StoredLog::body)
                .containsExactly("of two");
        assertThat(look(before, filter(new VisibleProjects(Set.of(1L, 2L)), Set.of("info")))
                        .matched())
                .isEqualTo(2);
        assertThat(look(before, filter(VisibleProjects.ALL, Set.of("error"))).matched())
                .isZero();
        assertThat(committed.since(before, ALL, now.plusSeconds(60), 10).matched())
                .isZero();
    }

    private CommittedLogs.Look look(String since, LogFilter filter) {
        return committed.since(since, filter, now.minusSeconds(60), 10);
    }

    private static LogFilter filter(VisibleProjects projects, Set<String> levels) {
        return new LogFilter(projects, null, levels, null, null, null, null);
    }

    private static Connection transaction() throws SQLException {
        Connection connection = pool.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void insert(Connection connection, String body, long project, Instant at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO logs (received_at, envelope_id, position, index, project_id, occurred_at, sequence, level, severity_number,
                                  body, attributes)
                VALUES (?, ?, 0, 0, ?, ?, 0, 'info', 9, ?, '{}')
                """)) {
            OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
            insert.setObject(1, time);
            insert.setObject(2, UUID.randomUUID());
            insert.setLong(3, project);
            insert.setObject(4, time);
            insert.setString(5, body);
            insert.executeUpdate();
        }
    }
}
