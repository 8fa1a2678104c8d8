package dev.resentry.storage.explore;

import static dev.resentry.storage.explore.ExploreStatement.figure;

import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchCompiler;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads figures over time, by the arrival of rows, for all of them or for the groups that come first. */
public final class ExploreSeriesQueries {
    private static final double MINUTE_SECONDS = 60;

    private final JdbcClient jdbc;
    private final SearchCompiler compiler;
    private final BoundedReads reads;
    private final ExploreQueries groups;

    public ExploreSeriesQueries(JdbcClient jdbc, SearchCompiler compiler, BoundedReads reads, ExploreQueries groups) {
        this.jdbc = jdbc;
        this.compiler = compiler;
        this.reads = reads;
        this.groups = groups;
    }

    /** The figures of an interval and a group. */
    private record Cell(int interval, Map<String, @Nullable Object> group, List<@Nullable Double> figures) {}

    /**
     * The series of each figure, of one group after the other, those with the largest first figure first.
     *
     * @param group empty for one series of each figure
     * @param begin when the first interval begins, not behind the begin of the filter
     */
    public List<ExploreSeries> series(
            ExploreFilter filter,
            List<ExploreField.Aggregate> figures,
            List<ExploreField.Column> group,
            int top,
            Instant begin,
            Duration interval,
            Duration within) {
        List<Map<String, @Nullable Object>> wanted =
                group.isEmpty() ? List.of(Map.of()) : first(filter, figures.getFirst(), group, top, within);
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<Map<String, @Nullable Object>, List<Cell>> cells =
                cells(filter, figures, group, begin, interval, wanted, within).stream()
                        .collect(Collectors.groupingBy(Cell::group));
        int intervals = Math.toIntExact(Duration.between(begin, filter.to())
                .plus(interval)
                .minusNanos(1)
                .dividedBy(interval));
        List<ExploreSeries> series = new ArrayList<>();
        for (Map<String, @Nullable Object> one : wanted) {
            for (int i = 0; i < figures.size(); i++) {
                Double nothing = figures.get(i).function().isZeroOfNothing() ? 0.0 : null;
                List<@Nullable Double> values = new ArrayList<>();
                for (int at = 0; at < intervals; at++) {
                    values.add(nothing);
                }
                for (Cell cell : cells.getOrDefault(one, List.of())) {
                    Double figure = cell.figures().get(i);
                    values.set(cell.interval(), figure == null ? nothing : figure);
                }
                series.add(new ExploreSeries(figures.get(i).text(), one, values));
            }
        }
        return series;
    }

    /** The groups that come first, with their values alone. */
    private List<Map<String, @Nullable Object>> first(
            ExploreFilter filter,
            ExploreField.Aggregate figure,
            List<ExploreField.Column> group,
            int top,
            Duration within) {
        List<ExploreField> fields = new ArrayList<>(group);
        fields.add(figure);
        return groups.list(filter, fields, new ExploreSort(figure, true), null, top, within).rows().stream()
                .map(row -> {
                    Map<String, @Nullable Object> values = new LinkedHashMap<>();
                    group.forEach(column -> values.put(column.text(), row.get(column.text())));
                    return values;
                })
                .toList();
    }

    private List<Cell> cells(
            ExploreFilter filter,
            List<ExploreField.Aggregate> figures,
            List<ExploreField.Column> group,
            Instant begin,
            Duration interval,
            List<Map<String, @Nullable Object>> wanted,
            Duration within) {
        var statement = new ExploreStatement(filter, compiler)
                .overMinutes(interval.toMillis() / 1000.0 / MINUTE_SECONDS)
                .set("begin", begin.atOffset(ZoneOffset.UTC))
                .set("seconds", interval.toSeconds());
        String arrival = filter.dataset().arrival();
        statement.select(
                "floor(extract(epoch FROM %s - :begin::timestamptz) / :seconds)::integer".formatted(arrival), "at");
        List<ExploreField> columns = List.copyOf(group);
        ExploreQueries.selectAll(statement, columns);
        for (int i = 0; i < figures.size(); i++) {
            statement.select(figures.get(i), "f" + i);
        }
        List<String> names = new ArrayList<>(List.of("at"));
        for (int i = 0; i < group.size(); i++) {
            names.add("c" + i);
        }
        List<String> shown = new ArrayList<>(names);
        for (int i = 0; i < figures.size(); i++) {
            shown.add("(%s)::float8 AS f%d".formatted(figure(figures.get(i), "f" + i), i));
        }
        String sql = "SELECT %s FROM (%s) AS m%s GROUP BY %s"
                .formatted(
                        String.join(", ", shown),
                        statement.rows(),
                        group.isEmpty() ? "" : " WHERE " + amongst(statement, group, wanted),
                        String.join(", ", names));
        return reads.within(
                within,
                () -> jdbc.sql(sql)
                        .params(statement.parameters())
                        .query((row, _) -> {
                            List<@Nullable Double> values = new ArrayList<>();
                            for (int i = 0; i < figures.size(); i++) {
                                values.add(row.getObject("f" + i, Double.class));
                            }
                            return new Cell(row.getInt("at"), ExploreQueries.values(row, columns), values);
                        })
                        .list());
    }

    /** That a row is of one of the groups. */
    private static String amongst(
            ExploreStatement statement, List<ExploreField.Column> group, List<Map<String, @Nullable Object>> wanted) {
        return Stream.iterate(0, g -> g < wanted.size(), g -> g + 1)
                .map(g -> Stream.iterate(0, i -> i < group.size(), i -> i + 1)
                        .map(i -> {
                            ExploreField.Column column = group.get(i);
                            ExploreType type = column.valueType();
                            Object value = wanted.get(g).get(column.text());
                            statement.set("g%d_%d".formatted(g, i), value == null ? null : type.stored(value));
                            return "c%d IS NOT DISTINCT FROM :g%d_%d::%s".formatted(i, g, i, type.sql());
                        })
                        .collect(Collectors.joining(" AND ", "(", ")")))
                .collect(Collectors.joining(" OR "));
    }
}
