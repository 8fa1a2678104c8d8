package dev.resentry.storage.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseOutageTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "53300", "57P01", "57P03", "58030"})
    void statesThatPassAreAnOutage(String state) {
        assertThat(DatabaseOutage.isBehind(new RuntimeException(new SQLException("x", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22021", "42P01", "40001", "", "08"})
    void otherStatesAreNoOutage(String state) {
        assertThat(DatabaseOutage.isBehind(new RuntimeException(new SQLException("x", state))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = "the pool has no connection")
    void aPoolWithoutAConnectionIsAnOutage(String message) {
        assertThat(DatabaseOutage.isBehind(new IllegalStateException(new SQLTransientConnectionException(message))))
                .isTrue();
        assertThat(DatabaseOutage.isBehind(new IllegalStateException(message))).isFalse();
    }

    @Test
    void aConnectionThatThePoolClosedInUseIsAnOutage() {
        assertThat(DatabaseOutage.isBehind(new RuntimeException(new SQLException("Connection is closed"))))
                .isTrue();
    }
}
