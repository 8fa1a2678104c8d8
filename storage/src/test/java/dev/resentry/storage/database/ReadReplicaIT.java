package dev.resentry.storage.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Reads by a replica; here the same server, by connections that see another schema, so that what is read tells who was asked. */
class ReadReplicaIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String url = TestServers.shared().newDatabaseUrl();
    private final HikariDataSource database = DatabaseConfiguration.replicaPool(new ReadReplicaSettings(url, 2));
    private final HikariDataSource replica =
            DatabaseConfiguration.replicaPool(new ReadReplicaSettings(url + "?currentSchema=replica", 1));
    private final ReplicatedDataSource both = new ReplicatedDataSource(database, replica, System::nanoTime);
    private final JdbcClient jdbc = JdbcClient.create(both);
    private final BoundedReads reads = new BoundedReads(jdbc, new JdbcTransactionManager(both));

    ReadReplicaIT() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setReadOnly(false);
            connection
                    .createStatement()
                    .execute("CREATE SCHEMA replica; CREATE TABLE public.here (of_replica boolean)");
        }
    }

    @AfterEach
    void close() throws Exception {
        both.close();
    }

    @Test
    void theReplicaIsAskedByWhoSaysSo() {
        assertThat(schema(reads.byReplica())).isEqualTo("replica");
        assertThat(schema(reads)).isEqualTo("public");
    }

    @Test
    void whatFailsAtTheReplicaIsAskedOfTheDatabase() {
        long rows = reads.byReplica()
                .within(
                        LIMIT,
                        () -> jdbc.sql("SELECT count(*) FROM here")
                                .query(Long.class)
                                .single());

        assertThat(rows).isZero();
        assertThat(schema(reads.byReplica())).as("it is there still").isEqualTo("replica");
    }

    @Test
    void theDatabaseAnswersWhileTheReplicaIsBusyAndNotLonger() throws SQLException {
        try (Connection _ = replica.getConnection()) {
            assertThat(schema(reads.byReplica())).isEqualTo("public");
        }

        assertThat(schema(reads.byReplica())).isEqualTo("replica");
    }

    private String schema(BoundedReads by) {
        return by.within(
                LIMIT,
                () -> jdbc.sql("SELECT current_schema()").query(String.class).single());
    }
}
