package dev.resentry.storage.analytics;

import dev.resentry.storage.explore.ExploreColumn;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreType;
import dev.resentry.storage.search.SearchField;
import dev.resentry.storage.search.SearchKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table whose rows are copied. Its columns are what the explorer and the search language have for the dataset: the expression of each
 * is asked of PostgreSQL once, when a row is copied, so that a copy has the values that PostgreSQL would find. What another table
 * decides, such as the state of an issue, is in no copy.
 */
public final class AnalyticsTable {
    private static final AnalyticsColumn EVENT_ID = new AnalyticsColumn("event_id", ExploreType.UUID);
    private static final AnalyticsColumn ENVELOPE_ID = new AnalyticsColumn("envelope_id", ExploreType.UUID);
    private static final AnalyticsColumn POSITION = new AnalyticsColumn("position", ExploreType.INTEGER);
    private static final AnalyticsColumn INDEX = new AnalyticsColumn("index", ExploreType.INTEGER);

    public static final AnalyticsTable EVENTS = new AnalyticsTable(ExploreDataset.EVENTS, List.of(EVENT_ID), "{}");
    public static final AnalyticsTable TRANSACTIONS = new AnalyticsTable(
            ExploreDataset.TRANSACTIONS, List.of(EVENT_ID), """
            (SELECT coalesce(jsonb_object_agg(m.key, m.number) FILTER (WHERE m.number IS NOT NULL), '{}')
             FROM (SELECT key, %s AS number FROM jsonb_each(t.measurements)) AS m)\
            """.formatted(ExploreColumn.number("value ->> 'value'")));
    public static final AnalyticsTable SPANS =
            new AnalyticsTable(ExploreDataset.SPANS, List.of(ENVELOPE_ID, POSITION, INDEX), "{}");
    public static final AnalyticsTable LOGS =
            new AnalyticsTable(ExploreDataset.LOGS, List.of(ENVELOPE_ID, POSITION, INDEX), "{}");

    public static final List<AnalyticsTable> ALL = List.of(EVENTS, TRANSACTIONS, SPANS, LOGS);

    private final ExploreDataset dataset;
    private final List<AnalyticsColumn> key;
    private final String measurements;
    private final Map<String, AnalyticsColumn> byExpression = new LinkedHashMap<>();
    private final Map<String, AnalyticsColumn> byField = new LinkedHashMap<>();

    /** @param key what tells rows of one moment and project apart */
    private AnalyticsTable(ExploreDataset dataset, List<AnalyticsColumn> key, String measurements) {
        this.dataset = dataset;
        this.key = List.copyOf(key);
        this.measurements = measurements;
        for (AnalyticsColumn column : key) {
            byExpression.put(dataset.alias() + "." + column.name(), column);
        }
        new TreeMap<>(dataset.columns()).forEach((name, column) -> {
            if (!column.sql().contains("p.slug")) {
                add(name, column.type(), column.sql());
            }
        });
        for (SearchField field : dataset.search().fields()) {
            if (!field.ofIssue()) {
                field.expression()
                        .ifPresent(sql -> byField.put(field.name(), add(field.name(), type(field.kind()), sql)));
            }
        }
        if (dataset.failed() != null) {
            add("failed", ExploreType.BOOLEAN, dataset.failed());
        }
        if (dataset.user().type() == ExploreType.INTEGER) {
            add("user_hash", ExploreType.INTEGER, dataset.user().sql());
        }
    }

    private AnalyticsColumn add(String name, ExploreType type, String sql) {
        AnalyticsColumn known = byExpression.get(sql);
        if (known != null) {
            return known;
        }
        String plain = name.replace('.', '_');
        boolean taken =
                byExpression.values().stream().anyMatch(column -> column.name().equals(plain));
        var column = new AnalyticsColumn(taken ? plain + "_" + type.wireName() : plain, type);
        byExpression.put(sql, column);
        return column;
    }

    private static ExploreType type(SearchKind kind) {
        return switch (kind) {
            case TEXT, PHRASE, WORD, ASSIGNEE -> ExploreType.STRING;
            case NUMBER, DURATION, SIZE -> ExploreType.NUMBER;
            case DATE -> ExploreType.DATE;
            case BOOLEAN -> ExploreType.BOOLEAN;
            case UUID -> ExploreType.UUID;
        };
    }

    /** The table of a dataset. */
    public static AnalyticsTable of(ExploreDataset dataset) {
        return ALL.stream()
                .filter(table -> table.dataset == dataset)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(dataset.word()));
    }

    public String name() {
        return dataset.word();
    }

    public ExploreDataset dataset() {
        return dataset;
    }

    /** What tells rows of one moment and project apart. */
    public List<AnalyticsColumn> key() {
        return key;
    }

    /** All columns but the tags and measurements; {@code received}, {@code project_id} and those of the key are never null. */
    public List<AnalyticsColumn> columns() {
        return List.copyOf(byExpression.values());
    }

    /** The column that holds the values of an expression of PostgreSQL. */
    public Optional<AnalyticsColumn> ofExpression(String sql) {
        return Optional.ofNullable(byExpression.get(sql));
    }

    /** The column of a field of the search language. */
    public Optional<AnalyticsColumn> ofField(SearchField field) {
        return Optional.ofNullable(byField.get(field.name()));
    }

    /** A column by its name. */
    public AnalyticsColumn column(String name) {
        return byExpression.values().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s has no column %s".formatted(name(), name)));
    }

    /**
     * Each row of some places as a JSON object. The payload, of which many columns are made, is read once. Events of an issue that is
     * deleted are left out: a job removes them.
     */
    String select() {
        String alias = dataset.alias();
        List<String> shown = new ArrayList<>();
        byExpression.forEach((sql, column) -> shown.add("%s AS \"%s\"".formatted(sql, column.name())));
        String living = dataset == ExploreDataset.EVENTS
                ? " WHERE NOT EXISTS (SELECT FROM deleted_issues d WHERE d.issue_id = e.issue_id)"
                : "";
        return """
            SELECT to_jsonb(r)::text FROM (
                SELECT :version::bigint AS version, %1$s,
                       (SELECT coalesce(jsonb_object_agg(tag.key, tag.value), '{}') FROM jsonb_each_text(%2$s) AS tag
                        WHERE tag.value IS NOT NULL) AS tags,
                       %3$s AS measurements
                FROM (
                    SELECT x.* FROM unnest(:projects::bigint[], :ats::timestamptz[]) AS k(project_id, received_at)
                    JOIN %4$s x ON x.project_id = k.project_id AND x.received_at = k.received_at
                    WHERE x.received_at BETWEEN :first AND :last
                    OFFSET 0) AS %5$s%6$s) AS r
            """.formatted(
                        shown.stream().collect(Collectors.joining(", ")),
                        dataset.tags(),
                        measurements.equals("{}") ? "'{}'::jsonb" : measurements,
                        name(),
                        alias,
                        living);
    }
}
