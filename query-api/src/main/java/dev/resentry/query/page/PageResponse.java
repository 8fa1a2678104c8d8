package dev.resentry.query.page;

import dev.resentry.storage.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next what to send as {@code cursor} for the page behind this one; null if there is none
 */
public record PageResponse<T>(List<T> results, @Nullable String next) {

    /** The answer of a page, whose next cursor points behind its last entry. */
    public static <S, T> PageResponse<T> of(Page<S> page, Function<S, T> result, Function<S, String> cursor) {
        List<S> entries = page.entries();
        return new PageResponse<>(
                entries.stream().map(result).toList(), page.hasMore() ? cursor.apply(entries.getLast()) : null);
    }
}
