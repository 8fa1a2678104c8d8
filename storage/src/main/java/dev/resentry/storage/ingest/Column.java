package dev.resentry.storage.ingest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link DerivedTable}: how its value is taken from a row, and how it reaches the database in an array.
 *
 * @param arrayType the PostgreSQL type of the array's elements
 * @param array makes the array of as many elements
 * @param expression the SQL that makes the column's value of an element, with {@code %s} for the element
 * @param compared the SQL that a replay compares by, with {@code %1$s} for the name of the table or of what it is given
 * @param <R> what a row is made of
 */
public record Column<R>(
        String name,
        String arrayType,
        IntFunction<@Nullable Object[]> array,
        String expression,
        String compared,
        Function<R, @Nullable Object> value) {

    private Column(
            String name,
            String arrayType,
            IntFunction<@Nullable Object[]> array,
            String expression,
            Function<R, @Nullable Object> value) {
        this(name, arrayType, array, expression, "%1$s." + name, value);
    }

    /** The same column, of which a replay changes nothing while some SQL says the same of the table and of what it is given. */
    public Column<R> comparedAs(String sql) {
        return new Column<>(name, arrayType, array, expression, sql, value);
    }

    /** A text. PostgreSQL's texts cannot hold the character NUL, so it becomes the replacement character. */
    public static <R> Column<R> text(String name, Function<R, @Nullable String> value) {
        return new Column<>(name, "text", String[]::new, "%s", row -> withoutNul(value.apply(row)));
    }

    /** A {@code jsonb}, given as JSON without the character NUL. */
    public static <R> Column<R> json(String name, Function<R, @Nullable String> value) {
        return new Column<>(name, "text", String[]::new, "%s::jsonb", value::apply);
    }

    public static <R> Column<R> bigint(String name, Function<R, @Nullable Long> value) {
        return new Column<>(name, "int8", Long[]::new, "%s", value::apply);
    }

    public static <R> Column<R> integer(String name, Function<R, @Nullable Integer> value) {
        return new Column<>(name, "int4", Integer[]::new, "%s", value::apply);
    }

    public static <R> Column<R> number(String name, Function<R, @Nullable Double> value) {
        return new Column<>(name, "float8", Double[]::new, "%s", value::apply);
    }

    public static <R> Column<R> flag(String name, Function<R, @Nullable Boolean> value) {
        return new Column<>(name, "bool", Boolean[]::new, "%s", value::apply);
    }

    public static <R> Column<R> uuid(String name, Function<R, @Nullable UUID> value) {
        return new Column<>(name, "uuid", UUID[]::new, "%s", value::apply);
    }

    public static <R> Column<R> bytes(String name, Function<R, byte @Nullable []> value) {
        return new Column<>(name, "bytea", byte[][]::new, "%s", value::apply);
    }

    /** A time, to the microsecond. */
    public static <R> Column<R> instant(String name, Function<R, @Nullable Instant> value) {
        return new Column<>(name, "int8", Long[]::new, ColumnArrays.instant("%s"), row -> micros(value.apply(row)));
    }

    private static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static @Nullable String withoutNul(@Nullable String value) {
        return value == null || value.indexOf('\0') < 0 ? value : value.replace('\0', '\ufffd');
    }
}
