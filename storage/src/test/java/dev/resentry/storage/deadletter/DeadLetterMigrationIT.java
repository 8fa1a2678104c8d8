package dev.resentry.storage.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The migration that makes a desk of the dead letters, with letters in the table. */
class DeadLetterMigrationIT {

    @Test
    void lettersThatAreThereAreOpenAndHaveTheStageOfTheirReason() {
        DatabaseAddress address = DatabaseAddress.parse(TestServers.shared().newDatabaseUrl());
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(address.jdbcUrl());
            pool.setUsername(address.user());
            pool.setPassword(address.password());
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .target("11?")
                    .load()
                    .migrate();
            JdbcClient jdbc = JdbcClient.create(pool);
            jdbc.sql("""
                            INSERT INTO dead_letters (at, reason, cause, headers, source_topic, source_partition, source_offset)
                            SELECT now(), reason, 'a test', '[]', 'envelopes', 0, row_number() OVER ()
                            FROM unnest(ARRAY['invalid_record', 'invalid_envelope', 'unknown_project', 'refused_by_database',
                                              'internal']) AS reason
                            """).update();

            new SchemaMigration(pool).migrate();

            var letters = new DeadLetterQueries(jdbc);
            assertThat(letters.list(
                                    new DeadLetterFilter("open", null, null, null),
                                    VisibleProjects.ALL,
                                    Long.MAX_VALUE,
                                    10)
                            .entries())
                    .extracting(letter -> letter.reason() + " " + letter.stage())
                    .containsExactlyInAnyOrder(
                            "invalid_record decode",
                            "invalid_envelope split",
                            "unknown_project project",
                            "refused_by_database store",
                            "internal split");
            assertThat(jdbc.sql("""
                            INSERT INTO dead_letters (at, reason, stage, cause, headers, source_topic, source_partition, source_offset,
                                                      item_position)
                            SELECT now(), 'invalid_json', 'item', 'a test', '[]', 'envelopes', 0, 1, position
                            FROM unnest(ARRAY[NULL, 0, 1, 1]) AS position
                            ON CONFLICT DO NOTHING
                            """).update())
                    .as("letters of two items, beside that of their record")
                    .isEqualTo(2);
        }
    }
}
