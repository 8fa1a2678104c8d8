package dev.resentry.storage.performance;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.VisibleProjects;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the newest transactions show of their calls of databases: a bounded look at spans, which no roll-up counts. */
public final class StatementQueries {
    /** How many of the newest transactions are looked at. */
    public static final int MOST_TRANSACTIONS = 1_000;

    /** And how many of their spans at most. */
    public static final int MOST_SPANS = 50_000;

    private static final int MOST_CHARACTERS = 2_000;

    private static final String NEWEST = """
            SELECT t.*
            FROM projects p
            CROSS JOIN LATERAL (
                SELECT received_at, envelope_id, event_id, project_id, name, trace_id FROM transactions
                WHERE project_id = p.id AND received_at >= :from AND received_at < :to AND span_count > 0
                  AND (:all OR coalesce(environment, '') = ANY (:environments))
                ORDER BY received_at DESC, event_id DESC
                LIMIT :transactions) AS t
            WHERE true {visible}
            ORDER BY t.received_at DESC, t.event_id DESC
            LIMIT :transactions
            """;

    private static final String CALLS = """
            WITH newest AS MATERIALIZED (%s)
            SELECT n.project_id, n.name, n.event_id, n.trace_id, s.parent_span_id, left(s.description, :characters) AS statement,
                   s.started_at, s.duration_ms
            FROM newest n
            JOIN spans s ON s.received_at = n.received_at AND s.envelope_id = n.envelope_id AND s.transaction_id = n.event_id
                        AND s.received_at >= :from AND s.received_at < :to
            WHERE (s.op = 'db' OR s.op LIKE 'db.%%') AND s.description <> ''
            LIMIT :spans
            """.formatted(NEWEST);

    private static final String TRANSACTIONS = "SELECT count(*) FROM (%s) AS newest".formatted(NEWEST);

    private final JdbcClient jdbc;

    public StatementQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was found.
     *
     * @param transactions how many were looked at
     * @param calls how many calls of databases they have; at most {@link #MOST_SPANS}
     * @param slow those that took most time together first
     * @param repeated those of which a row took longest first
     */
    public record Found(long transactions, long calls, List<SlowStatement> slow, List<RepeatedStatement> repeated) {
        public Found {
            slow = List.copyOf(slow);
            repeated = List.copyOf(repeated);
        }
    }

    /**
     * Looks at transactions that arrived in some time.
     *
     * @param environments null for all; the empty one is of what has none
     * @param limit how many statements of each kind
     */
    public Found find(
            VisibleProjects projects, @Nullable Set<String> environments, Instant from, Instant to, int limit) {
        List<DatabaseSpan> spans = bound(CALLS, projects, environments, from, to)
                .param("characters", MOST_CHARACTERS)
                .param("spans", MOST_SPANS)
                .query((row, _) -> new DatabaseSpan(
                        row.getLong("project_id"),
                        row.getString("name"),
                        new EventId(row.getObject("event_id", UUID.class)),
                        row.getObject("trace_id", UUID.class),
                        row.getString("parent_span_id"),
                        StatementText.of(row.getString("statement")),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getDouble("duration_ms")))
                .list();
        long transactions = bound(TRANSACTIONS, projects, environments, from, to)
                .query(Long.class)
                .single();
        return new Found(
                transactions,
                spans.size(),
                slow(spans).stream().limit(limit).toList(),
                RepeatedCalls.of(spans).stream().limit(limit).toList());
    }

    private JdbcClient.StatementSpec bound(
            String sql, VisibleProjects projects, @Nullable Set<String> environments, Instant from, Instant to) {
        return jdbc.sql(projects.in(sql, "p.id"))
                .param("visible", projects.parameter())
                .param("all", environments == null)
                .param("environments", environments == null ? new String[0] : environments.toArray(String[]::new))
                .param("from", from.minus(Duration.ofMinutes(1)).atOffset(ZoneOffset.UTC))
                .param("to", to.plus(Duration.ofMinutes(1)).atOffset(ZoneOffset.UTC))
                .param("transactions", MOST_TRANSACTIONS);
    }

    private static List<SlowStatement> slow(List<DatabaseSpan> spans) {
        record Statement(long projectId, String text) {}
        Map<Statement, List<DatabaseSpan>> calls = new HashMap<>();
        for (DatabaseSpan span : spans) {
            calls.computeIfAbsent(new Statement(span.projectId(), span.statement()), _ -> new ArrayList<>())
                    .add(span);
        }
        return calls.values().stream()
                .map(StatementQueries::statement)
                .sorted(Comparator.comparingDouble(SlowStatement::totalMs)
                        .reversed()
                        .thenComparing(SlowStatement::statement))
                .toList();
    }

    private static SlowStatement statement(List<DatabaseSpan> calls) {
        calls.sort(Comparator.comparingDouble(DatabaseSpan::durationMs));
        DatabaseSpan slowest = calls.getLast();
        return new SlowStatement(
                slowest.projectId(),
                slowest.statement(),
                calls.size(),
                calls.stream().map(DatabaseSpan::transactionId).distinct().count(),
                calls.stream().mapToDouble(DatabaseSpan::durationMs).sum(),
                calls.get((int) Math.ceil(0.95 * calls.size()) - 1).durationMs(),
                slowest.durationMs(),
                slowest.transaction(),
                slowest.transactionId(),
                slowest.traceId());
    }
}
