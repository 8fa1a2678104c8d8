package dev.resentry.storage.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.model.wire.ProcessedRecordJson;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Entries of the outbox from their commit to their publication, with failures in between. */
class EventsOutboxIT {
    private static final HikariDataSource pool = new HikariDataSource();
    private static EventsOutbox outbox;

    @BeforeAll
    static void migrate() {
        DatabaseAddress address = DatabaseAddress.parse(TestServers.shared().newDatabaseUrl());
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        new SchemaMigration(pool).migrate();
        outbox = new EventsOutbox(pool);
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @BeforeEach
    void empty() {
        JdbcClient.create(pool).sql("DELETE FROM events_outbox").update();
    }

    @Test
    void anEntryIsPublishedAfterItsTransactionCommitsAndNeverAfterARollback() throws SQLException {
        List<EventsOutbox.Entry> published = new ArrayList<>();

        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            EventsOutbox.append(connection, issues(1, 2));
            assertThat(outbox.publishSome(published::addAll))
                    .as("before the commit")
                    .isZero();
            connection.commit();
            EventsOutbox.append(connection, issues(3, 3));
            connection.rollback();
        }

        assertThat(outbox.publishSome(published::addAll)).isEqualTo(2);
        assertThat(published).extracting(EventsOutbox.Entry::key).containsExactly("1/1", "1/2");
        assertThat(outbox.depth()).isZero();
    }

    @Test
    void entriesWithoutAnAcknowledgementArePublishedAgain() throws SQLException {
        append(1, 3);

        assertThatThrownBy(() -> outbox.publishSome(_ -> {
                    throw new IllegalStateException("no broker");
                }))
                .hasMessageContaining("no broker");

        List<EventsOutbox.Entry> published = new ArrayList<>();
        assertThat(outbox.publishSome(published::addAll)).isEqualTo(3);
        assertThat(published).extracting(EventsOutbox.Entry::key).containsExactly("1/1", "1/2", "1/3");
    }

    @Test
    void oneAtATimePublishesSoThatTheOrderOfAnIssueHolds() throws SQLException {
        append(1, 3);
        List<EventsOutbox.Entry> published = new ArrayList<>();

        int first = outbox.publishSome(entries -> {
            published.addAll(entries);
            assertThat(outbox.publishSome(published::addAll)).as("meanwhile").isZero();
        });

        assertThat(first).isEqualTo(3);
        assertThat(published).hasSize(3);
    }

    @Test
    void noTransactionIsOpenWhileWaitingForKafka() throws SQLException {
        append(1, 1);
        List<String> states = new ArrayList<>();

        outbox.publishSome(_ -> states.addAll(
                JdbcClient.create(pool).sql("""
                        SELECT state FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                        """).query(String.class).list()));

        assertThat(states).isNotEmpty().containsOnly("idle");
    }

    @Test
    void manyEntriesArePublishedInBoundedBatches() throws SQLException {
        append(1, 1_203);
        List<Integer> parts = new ArrayList<>();

        while (outbox.publishSome(entries -> parts.add(entries.size())) > 0) {
            assertThat(parts.size()).isLessThan(10);
        }

        assertThat(parts).containsExactly(500, 500, 203);
    }

    @Test
    void manyRecordsOfABatchAreFewRowsAndComeOutAsTheyWentIn() throws SQLException {
        List<IssueActivity> records = issues(1, 603);
        try (Connection connection = pool.getConnection()) {
            EventsOutbox.append(connection, issues(1_001, 1_002));
            EventsOutbox.appendMany(connection, records);
            EventsOutbox.append(connection, issues(1_003, 1_003));
        }
        assertThat(JdbcClient.create(pool)
                        .sql("SELECT count(*) FROM events_outbox")
                        .query(Long.class)
                        .single())
                .isEqualTo(5);
        assertThat(outbox.depth()).isEqualTo(606);
        List<EventsOutbox.Entry> published = new ArrayList<>();

        while (outbox.publishSome(published::addAll) > 0) {
            assertThat(published.size()).isLessThanOrEqualTo(606);
        }

        assertThat(published)
                .extracting(EventsOutbox.Entry::key)
                .startsWith("1/1001", "1/1002", "1/1")
                .endsWith("1/603", "1/1003")
                .hasSize(606);
        assertThat(published.get(2).value()).isEqualTo(ProcessedRecordJson.toBytes(records.getFirst()));
        assertThat(outbox.depth()).isZero();
    }

    private void append(long from, long to) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            EventsOutbox.append(connection, issues(from, to));
        }
    }

    private static List<IssueActivity> issues(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(id -> new IssueActivity(
                        new Origin(UUID.randomUUID(), Cause.LIVE, new ProjectId(1), Instant.EPOCH),
                        IssueActivity.Kind.NEW,
                        id,
                        "title",
                        null,
                        "error",
                        null,
                        "unresolved",
                        null,
                        null))
                .toList();
    }
}
