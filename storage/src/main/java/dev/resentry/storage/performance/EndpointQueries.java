package dev.resentry.storage.performance;

import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.dashboard.DashboardWindow;
import dev.resentry.storage.rollup.Resolution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionOperations;

/** Reads how endpoints fare from the roll-ups of transactions. Environments are null for all; the empty one is of what has none. */
public final class EndpointQueries {
    private static final int FETCH = 1_000;

    /** By project, as the keys of the tables begin with it. What is read is bounded by the number of endpoints. */
    private static final String LIST = """
            WITH top AS MATERIALIZED (
                SELECT h.project_id, h.name, h.op, h.http_method
                FROM projects p
                JOIN {table} h ON h.project_id = p.id AND h.{at} >= :from AND h.{at} < :to
                WHERE (:words::text IS NULL OR strpos(lower(h.name), lower(:words)) > 0) {environments} {visible}
                GROUP BY 1, 2, 3, 4
                ORDER BY sum(h.duration_us) DESC, 1, 2, 3, 4
                LIMIT 5000)
            SELECT h.project_id, h.name, h.op, h.http_method, h.{at} >= :from AS is_now, {columns}
            FROM projects p
            JOIN {table} h ON h.project_id = p.id AND h.{at} >= :before AND h.{at} < :to
            JOIN top ON (top.project_id, top.name, top.op, top.http_method) = (h.project_id, h.name, h.op, h.http_method)
            WHERE true {environments} {visible}
            """;

    private static final String ONE = """
            SELECT h.{at} AS at, {columns}
            FROM {table} h
            WHERE h.project_id = :project AND h.{at} >= :before AND h.{at} < :to AND h.name = :name
              AND (:op::text IS NULL OR h.op = :op) AND (:method::text IS NULL OR h.http_method = :method) {environments}
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    public EndpointQueries(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * The endpoints with transactions in a window; of more than 5,000, those on which most time was spent.
     *
     * @param words what their names have in them, whatever the case; null for any
     * @param behind null for the first page
     */
    public Page<Endpoint> list(
            VisibleProjects projects,
            @Nullable Set<String> environments,
            DashboardWindow window,
            @Nullable String words,
            Endpoint.Sort sort,
            Endpoint.@Nullable Place behind,
            int limit) {
        record Pair(EndpointFigures.Sums now, EndpointFigures.Sums before) {}
        Map<EndpointKey, Pair> sums = new HashMap<>();
        read(
                bound(projects.in(sql(LIST, window, environments), "p.id"), window, environments)
                        .param("words", words)
                        .param("visible", projects.parameter()),
                row -> {
                    var key = new EndpointKey(
                            row.getLong("project_id"),
                            row.getString("name"),
                            row.getString("op"),
                            row.getString("http_method"));
                    Pair pair = sums.computeIfAbsent(
                            key, _ -> new Pair(new EndpointFigures.Sums(), new EndpointFigures.Sums()));
                    (row.getBoolean("is_now") ? pair.now() : pair.before()).add(CountedRow.of(row));
                });
        return Page.ofOneMore(
                sums.entrySet().stream()
                        .map(one -> new Endpoint(
                                one.getKey(),
                                one.getValue().now().figures(),
                                one.getValue().before().figures()))
                        .filter(endpoint -> endpoint.now().transactions() > 0)
                        .filter(endpoint -> behind == null || behind.isBefore(endpoint, sort))
                        .sorted(sort.order())
                        .limit(limit + 1L)
                        .toList(),
                limit);
    }

    /**
     * How one endpoint fares.
     *
     * @param intervals those of the window that have transactions, the first first
     */
    public record Fare(EndpointFigures now, EndpointFigures before, List<EndpointInterval> intervals) {
        public Fare {
            intervals = List.copyOf(intervals);
        }
    }

    /** How the transactions of a name fare in a window, over time. */
    public Fare fare(EndpointSelection endpoint, DashboardWindow window) {
        var now = new EndpointFigures.Sums();
        var before = new EndpointFigures.Sums();
        Map<Instant, EndpointFigures.Sums> intervals = new TreeMap<>();
        read(
                bound(sql(ONE, window, endpoint.environments()), window, endpoint.environments())
                        .param("project", endpoint.projectId())
                        .param("name", endpoint.name())
                        .param("op", endpoint.op())
                        .param("method", endpoint.httpMethod()),
                row -> {
                    Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
                    CountedRow counted = CountedRow.of(row);
                    if (at.isBefore(window.from())) {
                        before.add(counted);
                    } else {
                        now.add(counted);
                        long place = Duration.between(window.from(), at).dividedBy(window.interval());
                        intervals
                                .computeIfAbsent(
                                        window.from().plus(window.interval().multipliedBy(place)),
                                        _ -> new EndpointFigures.Sums())
                                .add(counted);
                    }
                });
        return new Fare(
                now.figures(),
                before.figures(),
                intervals.entrySet().stream()
                        .map(one -> new EndpointInterval(
                                one.getKey(), one.getValue().figures()))
                        .toList());
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** In a transaction, so that the rows come part by part. */
    private void read(StatementSpec statement, RowReader reader) {
        transaction.executeWithoutResult(
                _ -> statement.withFetchSize(FETCH).query((ResultSet row) -> reader.read(row)));
    }

    private static String sql(String sql, DashboardWindow window, @Nullable Set<String> environments) {
        boolean minutes = window.resolution() == Resolution.MINUTE;
        return sql.replace("{table}", minutes ? "transaction_minutes" : "transaction_hours")
                .replace("{at}", minutes ? "minute" : "hour")
                .replace("{columns}", CountedRow.COLUMNS)
                .replace("{environments}", environments == null ? "" : "AND h.environment = ANY (:environments)");
    }

    private StatementSpec bound(String sql, DashboardWindow window, @Nullable Set<String> environments) {
        return jdbc.sql(sql)
                .param("from", window.from().atOffset(ZoneOffset.UTC))
                .param("before", window.before().atOffset(ZoneOffset.UTC))
                .param("to", window.to().atOffset(ZoneOffset.UTC))
                .param("environments", environments == null ? new String[0] : environments.toArray(String[]::new));
    }
}
