package dev.resentry.storage.explore;

import static dev.resentry.storage.explore.ExploreStatement.figure;

import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchCompiler;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads rows and groups of a dataset in the columns that are asked for, each within a time. */
public final class ExploreQueries {
    private final JdbcClient jdbc;
    private final SearchCompiler compiler;
    private final BoundedReads reads;

    public ExploreQueries(JdbcClient jdbc, SearchCompiler compiler, BoundedReads reads) {
        this.jdbc = jdbc;
        this.compiler = compiler;
        this.reads = reads;
    }

    /** A result with what its page is continued by. */
    private record Found(Map<String, @Nullable Object> row, List<@Nullable String> position) {}

    /**
     * A page of rows, or of groups if one of the fields is a function; the other fields are the group then.
     *
     * @param within how long the database may take
     * @param behind null for the first page
     * @throws ExploreFault if the position is of another question
     */
    public ExplorePage list(
            ExploreFilter filter,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable ExplorePosition behind,
            int limit,
            Duration within) {
        var statement = new ExploreStatement(filter, compiler);
        boolean grouped = fields.stream().anyMatch(ExploreField.Aggregate.class::isInstance);
        int given = behind == null ? 0 : behind.given();
        int most = grouped ? Math.min(limit, ExplorePosition.MOST_GROUPS - given) : limit;
        if (most <= 0) {
            return new ExplorePage(List.of(), null);
        }
        String sql;
        try {
            List<@Nullable String> values = behind == null ? null : behind.values();
            sql = grouped
                    ? groups(statement, fields, sort, values)
                    : sort.field() == null
                            ? newest(statement, filter.dataset(), fields, sort, values)
                            : sorted(statement, fields, sort, values);
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            throw new ExploreFault("cursor", "not a cursor of this question");
        }
        statement.set("limit", most + 1);
        List<Found> found = reads.within(
                within,
                () -> jdbc.sql(sql)
                        .params(statement.parameters())
                        .query((row, _) ->
                                new Found(values(row, fields), position(row, filter.dataset(), grouped, sort)))
                        .list());
        List<Map<String, @Nullable Object>> rows =
                found.stream().limit(most).map(Found::row).toList();
        int soFar = given + rows.size();
        boolean more = found.size() > most && (!grouped || soFar < ExplorePosition.MOST_GROUPS);
        return new ExplorePage(
                rows, more ? new ExplorePosition(found.get(most - 1).position(), soFar) : null);
    }

    /** How many rows a filter wants; empty if more than {@code atMost}. */
    public OptionalLong count(ExploreFilter filter, int atMost, Duration within) {
        var statement = new ExploreStatement(filter, compiler);
        String sql = "SELECT count(*) FROM (%s LIMIT :limit) AS wanted"
                .formatted(statement.select("1", "one").rows());
        statement.set("limit", atMost + 1);
        long count = reads.within(
                within,
                () -> jdbc.sql(sql)
                        .params(statement.parameters())
                        .query(Long.class)
                        .single());
        return count > atMost ? OptionalLong.empty() : OptionalLong.of(count);
    }

    private static String newest(
            ExploreStatement statement,
            ExploreDataset dataset,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable List<@Nullable String> behind) {
        selectAll(statement, fields);
        for (int i = 0; i < dataset.key().size(); i++) {
            ExploreDataset.Key key = dataset.key().get(i);
            statement.select(key.sql() + "::" + key.type().sql(), "key" + i);
        }
        String after = behind == null ? "" : statement.behindArrival(sort.descending(), behind);
        return statement.rows(after) + statement.byArrival(sort.descending()) + " LIMIT :limit";
    }

    private static String sorted(
            ExploreStatement statement,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable List<@Nullable String> behind) {
        ExploreField by = Objects.requireNonNull(sort.field());
        selectAll(statement, fields);
        statement.select(by, "s").select(statement.keyAsTexts(), "k");
        String after = behind == null ? "" : statement.behindSorted(sort, by.valueType(), behind);
        return "SELECT * FROM (" + statement.rows() + ") AS m" + after + bySorted(sort);
    }

    private static String groups(
            ExploreStatement statement,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable List<@Nullable String> behind) {
        ExploreField by = Objects.requireNonNull(sort.field());
        selectAll(statement, fields);
        statement.select(by, "s");
        List<String> shown = new ArrayList<>();
        List<String> group = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) instanceof ExploreField.Aggregate aggregate) {
                shown.add(figure(aggregate, "c" + i) + " AS c" + i);
            } else {
                shown.add("c" + i);
                group.add("c" + i);
            }
        }
        String sortedBy = by instanceof ExploreField.Aggregate aggregate ? figure(aggregate, "s") : "min(s)";
        // A condition has no smallest value.
        String ofGroup = by.valueType() == ExploreType.BOOLEAN ? "bool_and(s)" : sortedBy;
        String texts =
                group.stream().map(name -> name + "::text").collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
        String after = behind == null ? "" : statement.behindSorted(sort, by.valueType(), behind);
        return "SELECT * FROM (SELECT %s, %s AS s, %s AS k FROM (%s) AS m%s) AS g%s%s"
                .formatted(
                        String.join(", ", shown),
                        ofGroup,
                        texts,
                        statement.rows(),
                        group.isEmpty() ? "" : " GROUP BY " + String.join(", ", group),
                        after,
                        bySorted(sort));
    }

    private static String bySorted(ExploreSort sort) {
        return " ORDER BY s %s NULLS LAST, k LIMIT :limit".formatted(sort.descending() ? "DESC" : "ASC");
    }

    static void selectAll(ExploreStatement statement, List<ExploreField> fields) {
        for (int i = 0; i < fields.size(); i++) {
            statement.select(fields.get(i), "c" + i);
        }
    }

    /** The values of a result by the texts of the fields. */
    static Map<String, @Nullable Object> values(ResultSet row, List<ExploreField> fields) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            ExploreType type = fields.get(i).valueType();
            Object value = type.read(row, "c" + i);
            values.put(fields.get(i).text(), value == null ? null : type.shown(value));
        }
        return values;
    }

    private static List<@Nullable String> position(
            ResultSet row, ExploreDataset dataset, boolean grouped, ExploreSort sort) throws SQLException {
        List<@Nullable String> position = new ArrayList<>();
        ExploreField by = sort.field();
        if (!grouped && by == null) {
            for (int i = 0; i < dataset.key().size(); i++) {
                position.add(String.valueOf(dataset.key().get(i).type().read(row, "key" + i)));
            }
            return position;
        }
        Object sorted = Objects.requireNonNull(by).valueType().read(row, "s");
        position.add(sorted == null ? null : sorted.toString());
        Array texts = row.getArray("k");
        for (Object text : (Object[]) texts.getArray()) {
            position.add((String) text);
        }
        return position;
    }
}
