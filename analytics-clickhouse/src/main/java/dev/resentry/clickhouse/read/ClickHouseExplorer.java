package dev.resentry.clickhouse.read;

import static java.util.Objects.requireNonNull;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.clickhouse.client.ClickHouseException;
import dev.resentry.clickhouse.client.ClickHouseTimeoutException;
import dev.resentry.storage.analytics.CopyUnavailableException;
import dev.resentry.storage.explore.ExploreCopy;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreFault;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExplorePage;
import dev.resentry.storage.explore.ExplorePosition;
import dev.resentry.storage.explore.ExploreSeries;
import dev.resentry.storage.explore.ExploreSort;
import dev.resentry.storage.explore.ExploreType;
import dev.resentry.storage.search.SearchTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Answers questions of the explorer from the copy. */
final class ClickHouseExplorer implements ExploreCopy {
    /** Between the texts of a group, below every other character: so groups come as arrays of texts do. */
    private static final String BETWEEN = "char(1)";

    private static final char BETWEEN_CHARACTER = '\1';

    /** Questions do not wait one after the other for what has just not answered. */
    private static final Duration REST = Duration.ofSeconds(10);

    private final ClickHouseClient client;
    private final Supplier<Map<Long, String>> slugs;
    private final boolean isPreferred;
    private final InstantSource clock;
    private volatile Instant restsUntil = Instant.MIN;

    /** @param isPreferred whether it is asked where nobody says so, while it answers */
    ClickHouseExplorer(
            ClickHouseClient client, Supplier<Map<Long, String>> slugs, boolean isPreferred, InstantSource clock) {
        this.client = client;
        this.slugs = slugs;
        this.isPreferred = isPreferred;
        this.clock = clock;
    }

    /** A statement and how its rows are read: the fields first, then what a page is continued by. */
    private record Question(String sql, ClickHouseStatement statement) {}

    @Override
    public boolean isPreferred() {
        return isPreferred && !clock.instant().isBefore(restsUntil);
    }

    @Override
    public Optional<ExplorePage> list(
            ExploreFilter filter,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable ExplorePosition behind,
            int limit,
            Duration within) {
        boolean grouped = fields.stream().anyMatch(ExploreField.Aggregate.class::isInstance);
        int given = behind == null ? 0 : behind.given();
        int most = grouped ? Math.min(limit, ExplorePosition.MOST_GROUPS - given) : limit;
        if (most <= 0) {
            return Optional.of(ExplorePage.of(List.of(), null));
        }
        Question question;
        try {
            List<@Nullable String> values = behind == null ? null : behind.values();
            var statement = new ClickHouseStatement(filter, slugs);
            String sql = grouped
                    ? groups(statement, fields, sort, values)
                    : sort.field() == null
                            ? newest(statement, fields, sort, values)
                            : sorted(statement, fields, sort, values);
            question = new Question("%s LIMIT %d".formatted(sql, most + 1), statement);
        } catch (UnansweredException _) {
            return Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            throw new ExploreFault("cursor", "not a cursor of this question");
        }
        List<JsonNode> found = ask(question, within);
        List<Map<String, @Nullable Object>> rows =
                found.stream().limit(most).map(row -> values(row, fields, 0)).toList();
        int soFar = given + rows.size();
        boolean more = found.size() > most && (!grouped || soFar < ExplorePosition.MOST_GROUPS);
        ExplorePosition next = more
                ? ExplorePosition.of(position(found.get(most - 1), filter.dataset(), fields, sort, grouped), soFar)
                : null;
        return Optional.of(ExplorePage.of(rows, next));
    }

    private static String newest(
            ClickHouseStatement statement,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable List<@Nullable String> behind) {
        selectAll(statement, fields);
        statement.selectKeys();
        String after = behind == null ? "" : statement.behindArrival(sort.descending(), behind);
        return statement.rows(after) + statement.byArrival(sort.descending());
    }

    private static String sorted(
            ClickHouseStatement statement,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable List<@Nullable String> behind) {
        ExploreField by = requireNonNull(sort.field());
        selectAll(statement, fields);
        statement.select(by, "s").selectKeys();
        String inner = statement.rows("");
        int keys = statement.keyCount();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            names.add("key" + i);
        }
        return "SELECT *, %s AS k FROM (%s) AS m%s%s"
                .formatted(
                        texts(names),
                        inner,
                        behindSorted(statement, "s", sort, by.valueType(), behind),
                        bySorted("s", sort));
    }

    private static String groups(
            ClickHouseStatement statement,
            List<ExploreField> fields,
            ExploreSort sort,
            @Nullable List<@Nullable String> behind) {
        ExploreField by = requireNonNull(sort.field());
        selectAll(statement, fields);
        statement.select(by, "s");
        List<String> shown = new ArrayList<>();
        List<String> group = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) instanceof ExploreField.Aggregate aggregate) {
                shown.add(statement.figure(aggregate, "c" + i) + " AS f" + i);
            } else {
                shown.add("c" + i + " AS f" + i);
                group.add("c" + i);
            }
        }
        String sortedBy = by instanceof ExploreField.Aggregate aggregate ? statement.figure(aggregate, "s") : "min(s)";
        return "SELECT * FROM (SELECT %s, %s AS sorted, %s AS k FROM (%s) AS m%s) AS g%s%s"
                .formatted(
                        String.join(", ", shown),
                        sortedBy,
                        texts(group),
                        statement.rows(""),
                        group.isEmpty() ? "" : " GROUP BY " + String.join(", ", group),
                        behindSorted(statement, "sorted", sort, by.valueType(), behind),
                        bySorted("sorted", sort));
    }

    /** Several values as one text; those that are missing come last. */
    private static String texts(List<String> names) {
        return names.isEmpty()
                ? "''"
                : names.stream()
                        .map(name -> "ifNull(concat('=', toString(%s)), '~')".formatted(name))
                        .collect(Collectors.joining(", ", "arrayStringConcat([", "], %s)".formatted(BETWEEN)));
    }

    private static String bySorted(String name, ExploreSort sort) {
        return " ORDER BY %s %s NULLS LAST, k".formatted(name, sort.descending() ? "DESC" : "ASC");
    }

    private static String behindSorted(
            ClickHouseStatement statement,
            String name,
            ExploreSort sort,
            ExploreType type,
            @Nullable List<@Nullable String> values) {
        if (values == null) {
            return "";
        }
        String texts = values.subList(1, values.size()).stream()
                .map(text -> text == null ? "~" : "=" + text)
                .collect(Collectors.joining(String.valueOf(BETWEEN_CHARACTER)));
        String k = statement.bind(ExploreType.STRING, texts);
        String value = values.getFirst();
        if (value == null) {
            return " WHERE %s IS NULL AND k > %s".formatted(name, k);
        }
        String bound = statement.bind(type, type.value(value));
        return " WHERE %1$s %2$s %3$s OR (%1$s = %3$s AND k > %4$s) OR %1$s IS NULL"
                .formatted(name, sort.descending() ? "<" : ">", bound, k);
    }

    private static void selectAll(ClickHouseStatement statement, List<ExploreField> fields) {
        for (int i = 0; i < fields.size(); i++) {
            statement.select(fields.get(i), "c" + i);
        }
    }

    private static List<@Nullable String> position(
            JsonNode row, ExploreDataset dataset, List<ExploreField> fields, ExploreSort sort, boolean grouped) {
        List<@Nullable String> position = new ArrayList<>();
        int behind = fields.size();
        ExploreField by = sort.field();
        if (!grouped && by == null) {
            for (int i = 0; i < dataset.key().size(); i++) {
                position.add(String.valueOf(
                        value(row.path(behind + i), dataset.key().get(i).type())));
            }
            return position;
        }
        Object sorted = value(row.path(behind), requireNonNull(by).valueType());
        position.add(sorted == null ? null : sorted.toString());
        String texts = row.path(row.size() - 1).asString();
        for (String text : texts.isEmpty() ? new String[0] : texts.split(String.valueOf(BETWEEN_CHARACTER), -1)) {
            position.add(text.startsWith("=") ? text.substring(1) : null);
        }
        return position;
    }

    @Override
    public Optional<List<ExploreSeries>> series(
            ExploreFilter filter,
            List<ExploreField.Aggregate> figures,
            List<ExploreField.Column> group,
            int top,
            Instant begin,
            Duration interval,
            Duration within) {
        List<Map<String, @Nullable Object>> wanted;
        if (group.isEmpty()) {
            wanted = List.of(Map.of());
        } else {
            List<ExploreField> fields = new ArrayList<>(group);
            fields.add(figures.getFirst());
            Optional<ExplorePage> first =
                    list(filter, fields, new ExploreSort(figures.getFirst(), true), null, top, within);
            if (first.isEmpty()) {
                return Optional.empty();
            }
            wanted = first.get().rows().stream()
                    .map(row -> {
                        Map<String, @Nullable Object> values = new LinkedHashMap<>();
                        group.forEach(column -> values.put(column.text(), row.get(column.text())));
                        return values;
                    })
                    .toList();
        }
        if (wanted.isEmpty()) {
            return Optional.of(List.of());
        }
        Question question;
        try {
            question = cells(filter, figures, group, begin, interval, wanted);
        } catch (UnansweredException _) {
            return Optional.empty();
        }
        List<ExploreField> columns = List.copyOf(group);
        Map<Map<String, @Nullable Object>, List<JsonNode>> cells = new LinkedHashMap<>();
        for (JsonNode row : ask(question, within)) {
            cells.computeIfAbsent(values(row, columns, 1), _ -> new ArrayList<>())
                    .add(row);
        }
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
                for (JsonNode cell : cells.getOrDefault(one, List.of())) {
                    JsonNode figure = cell.path(1 + group.size() + i);
                    values.set(cell.path(0).asInt(), figure.isNumber() ? Double.valueOf(figure.asDouble()) : nothing);
                }
                series.add(ExploreSeries.of(figures.get(i).text(), one, values));
            }
        }
        return Optional.of(series);
    }

    private Question cells(
            ExploreFilter filter,
            List<ExploreField.Aggregate> figures,
            List<ExploreField.Column> group,
            Instant begin,
            Duration interval,
            List<Map<String, @Nullable Object>> wanted) {
        var statement = new ClickHouseStatement(filter, slugs).over(interval);
        String start = statement.bind(ExploreType.DATE, begin);
        String length = statement.bind(ExploreType.INTEGER, interval.toNanos() / 1_000);
        statement.select("intDiv(toUnixTimestamp64Micro(received) - %s, %s)".formatted(start, length), "at");
        List<String> names = new ArrayList<>(List.of("at"));
        for (int i = 0; i < group.size(); i++) {
            statement.select(group.get(i), "c" + i);
            names.add("c" + i);
        }
        List<String> shown = new ArrayList<>(names);
        for (int i = 0; i < figures.size(); i++) {
            statement.select(figures.get(i), "f" + i);
            shown.add("%s AS f%d".formatted(statement.figure(figures.get(i), "f" + i), i));
        }
        List<String> amongst = new ArrayList<>();
        for (Map<String, @Nullable Object> one : wanted) {
            List<String> equal = new ArrayList<>();
            for (int i = 0; i < group.size(); i++) {
                equal.add(isOf(statement, "c" + i, group.get(i), one));
            }
            amongst.add("(" + String.join(" AND ", equal) + ")");
        }
        String where = group.isEmpty() ? "" : " WHERE " + String.join(" OR ", amongst);
        return new Question(
                "SELECT %s FROM (%s) AS m%s GROUP BY %s"
                        .formatted(String.join(", ", shown), statement.rows(""), where, String.join(", ", names)),
                statement);
    }

    private static String isOf(
            ClickHouseStatement statement,
            String name,
            ExploreField.Column column,
            Map<String, @Nullable Object> wanted) {
        Object value = wanted.get(column.text());
        if (value == null) {
            return name + " IS NULL";
        }
        ExploreType type = column.valueType();
        Object stored = type == ExploreType.DATE ? value : type.stored(value);
        return "%s = %s".formatted(name, statement.bind(type, stored));
    }

    private List<JsonNode> ask(Question question, Duration within) {
        try {
            return client.query(
                    question.sql(), question.statement().parameters().values(), within);
        } catch (ClickHouseTimeoutException e) {
            throw new SearchTimeoutException(within, e);
        } catch (ClickHouseException e) {
            restsUntil = clock.instant().plus(REST);
            throw new CopyUnavailableException(e);
        }
    }

    /** The values of a row by the texts of the fields, of which the first is at a place. */
    private static Map<String, @Nullable Object> values(JsonNode row, List<ExploreField> fields, int first) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            ExploreType type = fields.get(i).valueType();
            Object value = value(row.path(first + i), type);
            values.put(fields.get(i).text(), value == null ? null : type.shown(value));
        }
        return values;
    }

    private static @Nullable Object value(JsonNode value, ExploreType type) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        return switch (type) {
            case STRING, ISSUE, UUID -> value.asString();
            case INTEGER -> value.asLong();
            case NUMBER, DURATION, PERCENTAGE -> value.asDouble();
            case BOOLEAN -> value.isBoolean() ? value.booleanValue() : value.asInt() != 0;
            case DATE -> Instant.EPOCH.plus(value.asLong(), ChronoUnit.MICROS);
        };
    }
}
