package dev.resentry.storage.explore;

import dev.resentry.storage.search.SearchCompiler;
import dev.resentry.storage.search.SearchCondition;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A statement over the rows of a filter while it is made. Whatever people wrote is in its parameters. */
final class ExploreStatement {
    private static final double MINUTE_SECONDS = 60;

    private final ExploreDataset dataset;
    private final Map<String, @Nullable Object> parameters = new HashMap<>();
    private final String conditions;
    private final List<String> selected = new ArrayList<>();
    private boolean needsProject;

    ExploreStatement(ExploreFilter filter, SearchCompiler compiler) {
        this.dataset = filter.dataset();
        SearchCondition condition = compiler.compile(filter.query(), dataset.search(), filter.context());
        parameters.putAll(condition.parameters());
        var sql = new StringBuilder("%1$s >= :from AND %1$s < :to".formatted(dataset.arrival()));
        parameters.put("from", filter.from().atOffset(ZoneOffset.UTC));
        parameters.put("to", filter.to().atOffset(ZoneOffset.UTC));
        overMinutes(Duration.between(filter.from(), filter.to()).toMillis() / 1000.0 / MINUTE_SECONDS);
        Set<Long> projects = filter.context().projects().ids();
        if (projects != null) {
            // Equality lets the index of a project give its order.
            sql.append(" AND %s.project_id ".formatted(dataset.alias()))
                    .append(projects.size() == 1 ? "= :project" : "= ANY (:projects)");
            parameters.put("project", projects.stream().findFirst().orElse(null));
            parameters.put("projects", projects.toArray(Long[]::new));
        }
        Set<String> environments = filter.context().environments();
        if (environments != null) {
            sql.append(" AND coalesce(%s, '') = ANY (:environments)"
                    .formatted(dataset.known("environment").sql()));
            parameters.put("environments", environments.toArray(String[]::new));
        }
        this.conditions =
                sql.append(" AND (").append(condition.sql()).append(')').toString();
    }

    /** Over how many minutes rows are counted. */
    ExploreStatement overMinutes(double minutes) {
        parameters.put("minutes", minutes);
        return this;
    }

    ExploreStatement set(String name, @Nullable Object value) {
        parameters.put(name, value);
        return this;
    }

    Map<String, @Nullable Object> parameters() {
        return parameters;
    }

    /** Has the rows show an expression of ours. */
    ExploreStatement select(String sql, String name) {
        selected.add(sql + " AS " + name);
        return this;
    }

    /** Has the rows show a column. */
    ExploreStatement select(ExploreColumn column, String name) {
        needsProject |= column.needsProject();
        parameters.putAll(column.parameters());
        return select(column.sql(), name);
    }

    /** Has the rows show what a field needs of them: itself, or what its function is made of. */
    ExploreStatement select(ExploreField field, String name) {
        return switch (field) {
            case ExploreField.Column column -> select(column.column(), name);
            case ExploreField.Aggregate aggregate -> {
                if (aggregate.argument() != null) {
                    select(aggregate.argument(), name + "_x");
                } else if (aggregate.function() == ExploreFunction.FAILURE_RATE) {
                    select(String.valueOf(dataset.failed()), name + "_x");
                } else {
                    select(dataset.known("timestamp"), name + "_x");
                }
                yield this;
            }
        };
    }

    /** The figure of a field over what {@link #select} had the rows show by the same name. */
    static String figure(ExploreField.Aggregate field, String name) {
        String sql = field.function()
                .sql()
                .replace("{x}", name + "_x")
                .replace("{failed}", name + "_x")
                .replace("{time}", name + "_x");
        return "(%s)::%s".formatted(sql, field.type().sql());
    }

    /** The rows with what was selected. */
    String rows() {
        return rows("");
    }

    /** The rows of a condition more. */
    String rows(String condition) {
        return "SELECT %s FROM %s%s WHERE %s%s"
                .formatted(
                        String.join(", ", selected),
                        dataset.from(),
                        needsProject ? " LEFT JOIN projects p ON p.id = %s.project_id".formatted(dataset.alias()) : "",
                        conditions,
                        condition);
    }

    /** The order of arrival, which an index gives. */
    String byArrival(boolean descending) {
        String direction = descending ? " DESC" : "";
        return dataset.key().stream()
                .map(key -> key.sql() + direction)
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    /** What tells a row apart, as an array of texts. */
    String keyAsTexts() {
        return dataset.key().stream()
                .map(key -> key.sql() + "::text")
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    }

    /** That rows come behind one of these values in the order of arrival. The first part leaves partitions out. */
    String behindArrival(boolean descending, List<@Nullable String> values) {
        List<ExploreDataset.Key> keys = dataset.key();
        if (values.size() != keys.size()) {
            throw new IllegalArgumentException("%d values of %d".formatted(values.size(), keys.size()));
        }
        for (int i = 0; i < keys.size(); i++) {
            parameters.put("key" + i, keys.get(i).type().parameter(present(values.get(i))));
        }
        String side = descending ? "<" : ">";
        String names = keys.stream().map(ExploreDataset.Key::sql).collect(Collectors.joining(", "));
        var places = new ArrayList<String>();
        for (int i = 0; i < keys.size(); i++) {
            places.add(":key%d::%s".formatted(i, keys.get(i).type().sql()));
        }
        return " AND %s %s= :key0 AND (%s) %s (%s)"
                .formatted(dataset.arrival(), side, names, side, String.join(", ", places));
    }

    /** That results come behind one whose sorted value {@code s} and texts {@code k} are these. */
    String behindSorted(ExploreSort sort, ExploreType type, List<@Nullable String> values) {
        String value = values.getFirst();
        List<@Nullable String> texts = values.subList(1, values.size());
        texts.forEach(text -> {
            if (text != null) {
                ExploreType.STRING.parameter(text);
            }
        });
        parameters.put("texts", texts.toArray(String[]::new));
        if (value == null) {
            return " WHERE s IS NULL AND k > :texts::text[]";
        }
        parameters.put("sorted", type.parameter(value));
        return " WHERE s %s :sorted::%s OR (s = :sorted::%s AND k > :texts::text[]) OR s IS NULL"
                .formatted(sort.descending() ? "<" : ">", type.sql(), type.sql());
    }

    private static String present(@Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("no value");
        }
        return value;
    }
}
