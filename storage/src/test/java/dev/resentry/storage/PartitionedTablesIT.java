package dev.resentry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code partitioned_tables} lists the tables that get a partition for each day. */
class PartitionedTablesIT {
    private static HikariDataSource pool;
    private static JdbcClient jdbc;

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
        jdbc = JdbcClient.create(pool);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void everyPartitionedTableIsListed() {
        assertThat(jdbc.sql("SELECT name FROM partitioned_tables")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(jdbc.sql("SELECT relname::text FROM pg_class WHERE relkind = 'p'")
                        .query(String.class)
                        .list());
    }

    @Test
    void aTableThatIsListedLaterGetsItsPartitionsToo() {
        ensure("2026-11-20");
        jdbc.sql("CREATE TABLE measurements (received_at timestamptz NOT NULL) PARTITION BY RANGE (received_at)")
                .update();
        jdbc.sql("INSERT INTO partitioned_tables VALUES ('measurements')").update();

        ensure("2026-11-20");
        ensure("2026-11-20");

        assertThat(jdbc.sql("SELECT inhrelid::regclass::text FROM pg_inherits")
                        .query(String.class)
                        .list())
                .containsAll(List.of(
                        "measurements_20261120", "events_20261120", "envelopes_20261120", "envelope_items_20261120"));
        jdbc.sql("DELETE FROM partitioned_tables WHERE name = 'measurements'").update();
        jdbc.sql("DROP TABLE measurements").update();
    }

    private static void ensure(String day) {
        jdbc.sql("SELECT ensure_day_partitions(:day::date)")
                .param("day", day)
                .query((_, _) -> "")
                .list();
    }
}
