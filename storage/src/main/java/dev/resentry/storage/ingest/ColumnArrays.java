package dev.resentry.storage.ingest;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * The columns of many rows as arrays, for {@code unnest}: one statement writes a batch, however long it is.
 *
 * @param <R> what a row is made of
 */
public record ColumnArrays<R>(Connection connection, List<R> rows) {

    /** A text column. PostgreSQL's texts cannot hold the character NUL, so it becomes the replacement character. */
    public Array texts(Function<R, @Nullable String> column) throws SQLException {
        @Nullable String[] values = new @Nullable String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            String value = column.apply(rows.get(i));
            values[i] = value == null || value.indexOf('\0') < 0 ? value : value.replace('\0', '\ufffd');
        }
        return connection.createArrayOf("text", values);
    }

    public Array longs(ToLongFunction<R> column) throws SQLException {
        return connection.createArrayOf(
                "int8", rows.stream().mapToLong(column).boxed().toArray(Long[]::new));
    }

    public Array nullableLongs(Function<R, @Nullable Long> column) throws SQLException {
        return connection.createArrayOf("int8", rows.stream().map(column).toArray(Long[]::new));
    }

    public Array integers(ToIntFunction<R> column) throws SQLException {
        return connection.createArrayOf(
                "int4", rows.stream().mapToInt(column).boxed().toArray(Integer[]::new));
    }

    public Array nullableIntegers(Function<R, @Nullable Integer> column) throws SQLException {
        return connection.createArrayOf("int4", rows.stream().map(column).toArray(Integer[]::new));
    }

    /** A column of times as microseconds since 1970, which SQL turns back by {@link #instant}. */
    public Array micros(Function<R, @Nullable Instant> column) throws SQLException {
        return nullableLongs(row -> {
            Instant instant = column.apply(row);
            return instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        });
    }

    /** In PostgreSQL's binary format: its driver would make texts of them, and the database would read these. */
    public Array uuids(Function<R, @Nullable UUID> column) throws SQLException {
        @Nullable UUID[] values = new @Nullable UUID[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return UuidArray.of(connection.unwrap(BaseConnection.class), values);
    }

    public Array bytes(Function<R, byte @Nullable []> column) throws SQLException {
        return connection.createArrayOf("bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    /** The SQL that makes a time of a column of {@link #micros}; exact, as its product stays below 2^53. */
    public static String instant(String column) {
        return "timestamptz 'epoch' + %s * interval '1 microsecond'".formatted(column);
    }
}
