package dev.resentry.storage.search;

import java.util.Map;

/**
 * A query as SQL.
 *
 * @param sql a boolean expression over the alias of the dataset's table; null counts as false
 * @param parameters by names that begin with {@code q}
 */
public record SearchCondition(String sql, Map<String, Object> parameters) {
    /** Wants every row. */
    public static final SearchCondition EVERYTHING = new SearchCondition("true", Map.of());

    public SearchCondition {
        parameters = Map.copyOf(parameters);
    }
}
