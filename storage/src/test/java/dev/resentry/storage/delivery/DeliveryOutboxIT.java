package dev.resentry.storage.delivery;

import static dev.resentry.storage.delivery.DeliveryDatabase.alert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.alert.TargetType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
