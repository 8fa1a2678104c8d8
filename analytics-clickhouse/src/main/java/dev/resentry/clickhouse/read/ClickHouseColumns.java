package dev.resentry.clickhouse.read;

import dev.resentry.storage.analytics.AnalyticsColumn;
import dev.resentry.storage.analytics.AnalyticsTable;
import dev.resentry.storage.explore.ExploreColumn;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What columns of the explorer are in the copy. */
final class ClickHouseColumns {
    /** As PostgreSQL takes a tag for a number. */
    private static final String NUMBER = "^[-+]{0,1}[0-9]{1,18}([.][0-9]{1,18}){0,1}([eE][-+]{0,1}[0-9]{1,2}){0,1}$";

    private static final String CAST = "::float8";
    private static final Pattern UUID_TEXT = Pattern.compile("replace\\(\\((.+)\\)::text, '-', ''\\)");
    private static final String SLUG = "p.slug";
    private static final String ISSUE = "p.slug || '/' || e.issue_id";

    private final AnalyticsTable table;
    private final ClickHouseParameters parameters;
    private final Supplier<Map<Long, String>> slugs;

    /** @param slugs of all projects, asked for where they are needed */
    ClickHouseColumns(AnalyticsTable table, ClickHouseParameters parameters, Supplier<Map<Long, String>> slugs) {
        this.table = table;
        this.parameters = parameters;
        this.slugs = slugs;
    }

    /**
     * The value of a column as results have it: times in microseconds since 1970.
     *
     * @throws UnansweredException if it is not in the copy
     */
    String value(ExploreColumn column) {
        String sql = sql(column);
        return column.type() == ExploreType.DATE ? "toUnixTimestamp64Micro(%s)".formatted(sql) : sql;
    }

    private String sql(ExploreColumn column) {
        if (column.tag()) {
            String text = tag(column.name());
            return column.type() == ExploreType.NUMBER ? number(text) : text;
        }
        String sql = column.sql();
        if (sql.equals(SLUG)) {
            return slug();
        }
        if (sql.equals(ISSUE)) {
            return "concat(%s, '/', toString(issue_id))".formatted(slug());
        }
        Optional<AnalyticsColumn> known = table.ofExpression(sql);
        if (known.isPresent()) {
            return name(known.get());
        }
        if (column.name().startsWith(ExploreDataset.MEASUREMENTS)) {
            String key = parameters.bind("String", column.name().substring(ExploreDataset.MEASUREMENTS.length()));
            return "if(mapContains(measurements, %1$s), measurements[%1$s], NULL)".formatted(key);
        }
        if (sql.endsWith(CAST)) {
            return "toFloat64(%s)".formatted(named(column, sql.substring(0, sql.length() - CAST.length())));
        }
        Matcher uuid = UUID_TEXT.matcher(sql);
        if (uuid.matches()) {
            return "replaceAll(toString(%s), '-', '')".formatted(named(column, uuid.group(1)));
        }
        throw new UnansweredException(column.name());
    }

    private String named(ExploreColumn column, String sql) {
        return name(table.ofExpression(sql).orElseThrow(() -> new UnansweredException(column.name())));
    }

    /** The value of a tag; null if there is none. */
    String tag(String key) {
        return "if(mapContains(tags, %1$s), tags[%1$s], NULL)".formatted(parameters.bind("String", key));
    }

    private String number(String text) {
        return "if(match(ifNull(%1$s, ''), %2$s), toFloat64OrNull(%1$s), NULL)"
                .formatted(text, parameters.bind("String", NUMBER));
    }

    private String slug() {
        List<Map.Entry<Long, String>> known = List.copyOf(slugs.get().entrySet());
        if (known.isEmpty()) {
            throw new UnansweredException("project");
        }
        return "transform(project_id, %s, %s, NULL)"
                .formatted(
                        parameters.bind(
                                "Array(Int64)",
                                known.stream().map(Map.Entry::getKey).toList()),
                        parameters.bind(
                                "Array(String)",
                                known.stream().map(Map.Entry::getValue).toList()));
    }

    static String name(AnalyticsColumn column) {
        return "`" + column.name() + "`";
    }
}
