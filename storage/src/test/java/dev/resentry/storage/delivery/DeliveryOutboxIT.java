package dev.resentry.storage.delivery;

import static dev.resentry.storage.delivery.DeliveryDatabase.alert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.alert.TargetType;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.merge.IssueHandOver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is added for sending is there once, and only if the transaction that decided it is committed. */
class DeliveryOutboxIT {
    private static DeliveryDatabase database;

    @BeforeAll
    static void start() {
        database = new DeliveryDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void aSecondDeliveryWithTheSameKeyIsNotAdded() {
        List<Long> first =
                database.outbox.add(List.of(alert("http://a.example/", "k1"), alert("http://a.example/", "k2")));
        List<Long> second =
                database.outbox.add(List.of(alert("http://a.example/", "k2"), alert("http://a.example/", "k3")));

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(1);
        assertThat(database.jdbc
                        .sql("SELECT dedup_key FROM deliveries ORDER BY dedup_key")
                        .query(String.class)
                        .list())
                .containsExactly("k1", "k2", "k3");
    }

    @Test
    void deliveriesWithoutAKeyAreAllAdded() {
        assertThat(database.outbox.add(List.of(alert("http://a.example/", null), alert("http://a.example/", null))))
                .hasSize(2);
        assertThat(database.outbox.add(List.of())).isEmpty();
    }

    @Test
    void nothingIsLeftOfATransactionThatIsRolledBack() throws SQLException {
        try (Connection connection = database.pool.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(DeliveryOutbox.add(connection, List.of(alert("http://a.example/", "k"))))
                    .hasSize(1);
            connection.rollback();
        }

        assertThat(database.jdbc
                        .sql("SELECT count(*) FROM deliveries")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatIsOnItsWayGoesWithAnIssueThatIsMergedAndAwayWithOneThatIsRemoved() {
        long gone = issue();
        long into = issue();
        long id = database.outbox.add(List.of(alert("http://a.example/", null))).getFirst();
        database.jdbc
                .sql("UPDATE deliveries SET issue_id = :gone")
                .param("gone", gone)
                .update();

        IssueHandOver.run(database.jdbc, Map.of(gone, into), Cause.LIVE, new Author(1, "Ann", "ann@example.com"));

        assertThat(database.queries.find(id, VisibleProjects.ALL))
                .hasValueSatisfying(delivery -> assertThat(delivery.issueId()).isEqualTo(into));
        IssueRemoval.remove(database.jdbc, List.of(into));
        assertThat(database.queries.find(id, VisibleProjects.ALL)).isEmpty();
    }

    private static long issue() {
        long project = database.jdbc.sql("""
                        INSERT INTO projects (slug, name, status, revision, created_at, updated_at)
                        VALUES ('p', 'p', 'active', 1, now(), now())
                        ON CONFLICT (slug) DO UPDATE SET name = 'p' RETURNING id
                        """).query(Long.class).single();
        return database.jdbc
                .sql("""
                        INSERT INTO issues (project_id, title, level, event_count, first_seen, last_seen, created_at)
                        VALUES (:project, 'It broke', 'error', 1, now(), now(), now()) RETURNING id
                        """)
                .param("project", project)
                .query(Long.class)
                .single();
    }

    @Test
    void whoIsMeantIsLookedUpBefore() {
        var content = JsonNodeFactory.instance.objectNode();

        assertThatThrownBy(() -> new NewDelivery(
                        DeliveryKind.ALERT, TargetType.TEAM, "7", null, null, null, null, null, null, null, content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("type: team");
        assertThatThrownBy(() -> new NewDelivery(
                        DeliveryKind.ALERT, TargetType.EMAIL, " ", null, null, null, null, null, null, null, content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target: empty");
    }
}
