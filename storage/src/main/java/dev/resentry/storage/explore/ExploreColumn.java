package dev.resentry.storage.explore;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a dataset.
 *
 * @param sql an expression over the table and {@code projects p}; what people wrote is in parameters
 * @param parameters of the expression
 * @param tag whether it is a key that senders made up, whose values are texts
 */
public record ExploreColumn(String name, ExploreType type, String sql, Map<String, Object> parameters, boolean tag) {
    /** Short enough that none of them is too large for a number. */
    private static final String NUMBER_PATTERN =
            "^[-+]{0,1}[0-9]{1,18}([.][0-9]{1,18}){0,1}([eE][-+]{0,1}[0-9]{1,2}){0,1}$";

    static ExploreColumn of(String name, ExploreType type, String sql) {
        return new ExploreColumn(name, type, sql, Map.of(), false);
    }

    boolean needsProject() {
        return sql.contains("p.slug");
    }

    /** The values that are numbers, as such; null if it is no tag. */
    @Nullable
    ExploreColumn asNumber() {
        return tag ? new ExploreColumn(name, ExploreType.NUMBER, number(sql), parameters, true) : null;
    }

    /** The value of a text that is a number; null of others. */
    public static String number(String sql) {
        return "CASE WHEN (%1$s) ~ '%2$s' THEN (%1$s)::float8 END".formatted(sql, NUMBER_PATTERN);
    }
}
