package dev.resentry.storage.ingest;

import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a value reaches the database: alone in a binary row, or with the others of its column in an array.
 *
 * @param elements the PostgreSQL type of the array's elements
 * @param array makes the array of as many elements
 * @param expression the SQL that makes the column's value of an element, with {@code %s} for the element
 * @param binary writes a value into a row
 */
record ColumnType(
        String elements,
        IntFunction<@Nullable Object[]> array,
        String expression,
        BiConsumer<BinaryRows, Object> binary) {
    static final ColumnType TEXT =
            new ColumnType("text", String[]::new, "%s", (row, value) -> row.text((String) value));

    /** Given as JSON. */
    static final ColumnType JSONB =
            new ColumnType("text", String[]::new, "%s::jsonb", (row, value) -> row.jsonb((String) value));

    static final ColumnType BIGINT =
            new ColumnType("int8", Long[]::new, "%s", (row, value) -> row.bigint((Long) value));
    static final ColumnType INTEGER =
            new ColumnType("int4", Integer[]::new, "%s", (row, value) -> row.integer((Integer) value));
    static final ColumnType NUMBER =
            new ColumnType("float8", Double[]::new, "%s", (row, value) -> row.number((Double) value));
    static final ColumnType FLAG =
            new ColumnType("bool", Boolean[]::new, "%s", (row, value) -> row.flag((Boolean) value));
    static final ColumnType UNIQUE_ID =
            new ColumnType("uuid", UUID[]::new, "%s", (row, value) -> row.uuid((UUID) value));
    static final ColumnType BYTES =
            new ColumnType("bytea", byte[][]::new, "%s", (row, value) -> row.bytes((byte[]) value));

    /** Given as microseconds since 1970. */
    static final ColumnType INSTANT =
            new ColumnType("int8", Long[]::new, ColumnArrays.instant("%s"), (row, value) -> row.instant((Long) value));

    String expressionOf(String element) {
        return expression.formatted(element);
    }

    void write(BinaryRows row, @Nullable Object value) {
        if (value == null) {
            row.absent();
        } else {
            binary.accept(row, value);
        }
    }
}
