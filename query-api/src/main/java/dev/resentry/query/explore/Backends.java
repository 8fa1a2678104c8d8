package dev.resentry.query.explore;

import dev.resentry.query.error.ApiException;
import org.jspecify.annotations.Nullable;

/** Which database parameter {@code backend} wants. */
public final class Backends {
    static final String COPY = "ch";
    private static final String ROWS = "pg";

    private Backends() {}

    /**
     * Whether parameter {@code backend} wants the copy in ClickHouse.
     *
     * @param copy null if there is none
     */
    public static boolean isCopy(@Nullable String backend, @Nullable Object copy) {
        if (backend == null || backend.equals(ROWS)) {
            return false;
        }
        if (!backend.equals(COPY)) {
            throw ApiException.invalid("backend", "'%s' (expected: ch or pg)".formatted(backend));
        }
        if (copy == null) {
            throw ApiException.invalid("backend", "'ch' (expected: pg, as no ClickHouse is set up)");
        }
        return true;
    }
}
