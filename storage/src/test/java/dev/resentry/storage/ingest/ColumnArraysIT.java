package dev.resentry.storage.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.storage.rollup.RollupDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arrays reach PostgreSQL as they were. */
@Timeout(60)
class ColumnArraysIT {
    private static RollupDatabase database;

    @BeforeAll
    static void start() {
        database = new RollupDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void uuidsArriveInTheirOrderAndNullsWhereTheyWere() throws SQLException {
        UUID one = UUID.fromString("019a9f0a-2c39-7abc-8def-0123456789ab");
        UUID other = UUID.fromString("ffffffff-ffff-ffff-ffff-fffffffffffe");

        assertThat(returned(Arrays.asList(one, null, other, one, null)))
                .containsExactly(one.toString(), null, other.toString(), one.toString(), null);
        assertThat(returned(List.of(other))).containsExactly(other.toString());
        assertThat(returned(Arrays.asList((UUID) null))).containsExactly((String) null);
    }

    @Test
    void noUuidsAreAnEmptyArray() throws SQLException {
        assertThat(returned(List.of())).isEmpty();
    }

    @Test
    void aStatementThatTheServerHasPreparedTakesThemToo() throws SQLException {
        List<UUID> ids = List.of(UUID.randomUUID(), UUID.randomUUID());
        try (Connection connection = database.pool.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM unnest(?) AS t(id)")) {
            for (int i = 0; i < 20; i++) {
                select.setArray(1, new ColumnArrays<>(connection, ids).uuids(id -> id));
                try (ResultSet row = select.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getLong(1)).isEqualTo(2);
                }
            }
        }
    }

    /** What PostgreSQL says it was given, as text. */
    private static List<String> returned(List<UUID> ids) throws SQLException {
        try (Connection connection = database.pool.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT id::text FROM unnest(?) WITH ORDINALITY AS t(id, n) ORDER BY n")) {
            Array array = new ColumnArrays<>(connection, ids).uuids(id -> id);
            select.setArray(1, array);
            List<String> returned = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    returned.add(rows.getString(1));
                }
            }
            return returned;
        }
    }
}
