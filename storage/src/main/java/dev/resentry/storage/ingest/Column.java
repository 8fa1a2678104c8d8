package dev.resentry.storage.ingest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link DerivedTable}: how its value is taken from a row, and of which type it is.
 *
 * @param <R> what a row is made of
 */
public final class Column<R> {
    private final String name;
    private final ColumnType type;
    private final String compared;
    private final Function<R, @Nullable Object> value;

    private Column(String name, ColumnType type, String compared, Function<R, @Nullable Object> value) {
        this.name = name;
        this.type = type;
        this.compared = compared;
        this.value = value;
    }

    private static <R> Column<R> of(String name, ColumnType type, Function<R, @Nullable Object> value) {
        return new Column<>(name, type, "%1$s." + name, value);
    }

    /** A text. PostgreSQL's texts cannot hold the character NUL, so it becomes the replacement character. */
    public static <R> Column<R> text(String name, Function<R, @Nullable String> value) {
        return of(name, ColumnType.TEXT, row -> withoutNul(value.apply(row)));
    }

    /** A {@code jsonb}, given as JSON without the character NUL. */
    public static <R> Column<R> json(String name, Function<R, @Nullable String> value) {
        return of(name, ColumnType.JSONB, value::apply);
    }

    /** A {@code bigint}. */
    public static <R> Column<R> bigint(String name, Function<R, @Nullable Long> value) {
        return of(name, ColumnType.BIGINT, value::apply);
    }

    /** An {@code integer}. */
    public static <R> Column<R> integer(String name, Function<R, @Nullable Integer> value) {
        return of(name, ColumnType.INTEGER, value::apply);
    }

    /** A {@code double precision}. */
    public static <R> Column<R> number(String name, Function<R, @Nullable Double> value) {
        return of(name, ColumnType.NUMBER, value::apply);
    }

    /** A {@code boolean}. */
    public static <R> Column<R> flag(String name, Function<R, @Nullable Boolean> value) {
        return of(name, ColumnType.FLAG, value::apply);
    }

    /** A {@code uuid}. */
    public static <R> Column<R> uuid(String name, Function<R, @Nullable UUID> value) {
        return of(name, ColumnType.UNIQUE_ID, value::apply);
    }

    /** A {@code bytea}. */
    public static <R> Column<R> bytes(String name, Function<R, byte @Nullable []> value) {
        return of(name, ColumnType.BYTES, value::apply);
    }

    /** A {@code timestamptz}, to the microsecond. */
    public static <R> Column<R> instant(String name, Function<R, @Nullable Instant> value) {
        return of(name, ColumnType.INSTANT, row -> micros(value.apply(row)));
    }

    /**
     * The same column, of which a replay changes nothing while some SQL says the same of the table and of what it is given.
     *
     * @param sql with {@code %1$s} for the name of either
     */
    public Column<R> comparedAs(String sql) {
        return new Column<>(name, type, sql, value);
    }

    String name() {
        return name;
    }

    ColumnType type() {
        return type;
    }

    /** What a replay compares by, of the table or of what it is given. */
    String comparedIn(String side) {
        return compared.formatted(side);
    }

    @Nullable
    Object value(R row) {
        return value.apply(row);
    }

    private static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static @Nullable String withoutNul(@Nullable String value) {
        return value == null || value.indexOf('\0') < 0 ? value : value.replace('\0', '\ufffd');
    }
}
