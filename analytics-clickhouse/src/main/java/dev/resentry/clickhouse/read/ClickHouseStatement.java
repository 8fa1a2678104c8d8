package dev.resentry.clickhouse.read;

import dev.resentry.storage.analytics.AnalyticsTable;
import dev.resentry.storage.explore.ExploreColumn;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExploreType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A statement over the rows of a filter while it is made. Whatever people wrote is in its parameters. */
final class ClickHouseStatement {
    private static final double MINUTE_SECONDS = 60;

    private final AnalyticsTable table;
    private final ClickHouseParameters parameters = new ClickHouseParameters();
    private final ClickHouseColumns columns;
    private final String conditions;
    private final List<String> selected = new ArrayList<>();
    private String minutes;

    /** @throws UnansweredException if the copy has not what it takes */
    ClickHouseStatement(ExploreFilter filter, Supplier<Map<Long, String>> slugs) {
        this.table = AnalyticsTable.of(filter.dataset());
        this.columns = new ClickHouseColumns(table, parameters, slugs);
        this.minutes = minutes(Duration.between(filter.from(), filter.to()));
        List<String> all = new ArrayList<>();
        all.add("received >= " + ClickHouseSearch.time(parameters, filter.from()));
        all.add("received < " + ClickHouseSearch.time(parameters, filter.to()));
        Set<Long> projects = filter.context().projects().ids();
        if (projects != null) {
            all.add("project_id IN " + parameters.bind("Array(Int64)", List.copyOf(projects)));
        }
        Set<String> environments = filter.context().environments();
        if (environments != null) {
            all.add("ifNull(environment, '') IN " + parameters.bind("Array(String)", List.copyOf(environments)));
        }
        all.add(new ClickHouseSearch(
                        table, parameters, columns, filter.context().now())
                .condition(filter.query()));
        this.conditions = String.join(" AND ", all);
    }

    private String minutes(Duration time) {
        return parameters.bind("Float64", time.toMillis() / 1000.0 / MINUTE_SECONDS);
    }

    /** Has figures of a time count over this. */
    ClickHouseStatement over(Duration time) {
        minutes = minutes(time);
        return this;
    }

    ClickHouseParameters parameters() {
        return parameters;
    }

    /** Has the rows show an expression of ours. */
    ClickHouseStatement select(String sql, String name) {
        selected.add(sql + " AS " + name);
        return this;
    }

    /** Has the rows show what a field needs of them: itself, or what its function is made of. */
    ClickHouseStatement select(ExploreField field, String name) {
        return switch (field) {
            case ExploreField.Column column -> select(columns.value(column.column()), name);
            case ExploreField.Aggregate aggregate -> {
                ExploreColumn argument = aggregate.argument();
                yield select(
                        switch (aggregate.function()) {
                            case FAILURE_RATE -> "failed";
                            case COUNT,
                                    COUNT_UNIQUE,
                                    P50,
                                    P75,
                                    P90,
                                    P95,
                                    P99,
                                    AVG,
                                    SUM,
                                    MIN,
                                    MAX,
                                    EPM,
                                    EPS,
                                    FIRST_SEEN,
                                    LAST_SEEN ->
                                argument == null ? "toUnixTimestamp64Micro(`timestamp`)" : columns.value(argument);
                        },
                        name + "_x");
            }
        };
    }

    /** The figure of a field over what {@link #select} had the rows show by the same name. */
    String figure(ExploreField.Aggregate field, String name) {
        String x = name + "_x";
        return switch (field.function()) {
            case COUNT -> "count(%s)".formatted(x);
            case COUNT_UNIQUE -> "uniqExact(%s)".formatted(x);
            case P50 -> percentile("0.5", x);
            case P75 -> percentile("0.75", x);
            case P90 -> percentile("0.9", x);
            case P95 -> percentile("0.95", x);
            case P99 -> percentile("0.99", x);
            case AVG -> "avgOrNull(%s)".formatted(x);
            case SUM -> "sumOrNull(%s)".formatted(x);
            case MIN, FIRST_SEEN -> "minOrNull(%s)".formatted(x);
            case MAX, LAST_SEEN -> "maxOrNull(%s)".formatted(x);
            case FAILURE_RATE -> "avgOrNull(if(ifNull(%s, false), 1, 0))".formatted(x);
            case EPM -> "count() / %s".formatted(minutes);
            case EPS -> "count() / (60 * %s)".formatted(minutes);
        };
    }

    private static String percentile(String part, String x) {
        return "quantileExactInclusiveOrNull(%s)(toFloat64(%s))".formatted(part, x);
    }

    /** The rows with what was selected. */
    String rows(String condition) {
        return "SELECT %s FROM %s FINAL WHERE %s%s"
                .formatted(String.join(", ", selected), table.name(), conditions, condition);
    }

    /** What tells rows apart, in the order of arrival, each so that its order is PostgreSQL's. */
    private List<String> keys() {
        return table.dataset().key().stream()
                .map(key -> {
                    String name = table.ofExpression(key.sql())
                            .map(ClickHouseColumns::name)
                            .orElseThrow(() -> new UnansweredException(key.sql()));
                    return switch (key.type()) {
                        case UUID -> "toString(%s)".formatted(name);
                        case DATE -> "toUnixTimestamp64Micro(%s)".formatted(name);
                        case STRING, INTEGER, NUMBER, DURATION, PERCENTAGE, BOOLEAN, ISSUE -> name;
                    };
                })
                .toList();
    }

    int keyCount() {
        return table.dataset().key().size();
    }

    ClickHouseStatement selectKeys() {
        List<String> keys = keys();
        for (int i = 0; i < keys.size(); i++) {
            select(keys.get(i), "key" + i);
        }
        return this;
    }

    String byArrival(boolean descending) {
        return keys().stream()
                .map(key -> key + (descending ? " DESC" : ""))
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    /** That rows come behind one of these values in the order of arrival. */
    String behindArrival(boolean descending, List<@Nullable String> values) {
        List<ExploreDataset.Key> keys = table.dataset().key();
        if (values.size() != keys.size()) {
            throw new IllegalArgumentException("%d values of %d".formatted(values.size(), keys.size()));
        }
        List<String> places = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Object value = keys.get(i).type().value(present(values.get(i)));
            places.add(bind(keys.get(i).type(), value));
        }
        String side = descending ? "<" : ">";
        String received =
                ClickHouseSearch.time(parameters, (Instant) ExploreType.DATE.value(present(values.getFirst())));
        return " AND received %s= %s AND (%s) %s (%s)"
                .formatted(side, received, String.join(", ", keys()), side, String.join(", ", places));
    }

    private static String present(@Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("no value");
        }
        return value;
    }

    /** A value of a type as {@link ClickHouseColumns#value} has it. */
    String bind(ExploreType type, Object value) {
        return switch (type) {
            case STRING, ISSUE, UUID -> parameters.bind("String", value.toString());
            case INTEGER -> parameters.bind("Int64", value);
            case NUMBER, DURATION, PERCENTAGE -> parameters.bind("Float64", value);
            case BOOLEAN -> parameters.bind("Bool", value);
            case DATE -> parameters.bind("Int64", ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
        };
    }
}
