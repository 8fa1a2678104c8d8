package dev.resentry.storage;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list, newest first.
 *
 * @param hasMore whether there is something behind the last entry
 */
public record Page<T>(List<T> entries, boolean hasMore) {

    public Page {
        entries = List.copyOf(entries);
    }

    /** A page of rows that were asked for with one more than {@code limit}, which tells whether there is more. */
    public static <T> Page<T> ofOneMore(List<T> rows, int limit) {
        return rows.size() > limit ? new Page<>(rows.subList(0, limit), true) : new Page<>(rows, false);
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(entries.stream().map(change).toList(), hasMore);
    }
}
