package dev.resentry.storage.search;

import java.util.Map;

/**
 * A query as SQL.
 *
 * @param sql a boolean expression over the alias of the dataset's table; null counts as false
 * @param parameters by names that begin with {@code q}
 */
public record SearchCondition(String sql, Map<String, Object> parameters) {
    /**
     * Name of a parameter of some conditions: true where few rows are looked at, as for a page, so that what is asked of each may
     * be looked up for it alone; false where all are.
     */
    public static final String ONE_BY_ONE = "q_one_by_one";

    /** Wants every row. */
    public static final SearchCondition EVERYTHING = new SearchCondition("true", Map.of());

    public SearchCondition {
        parameters = Map.copyOf(parameters);
    }
}
