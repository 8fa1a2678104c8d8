package dev.resentry.storage.performance;

import dev.resentry.model.event.EventId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Reads single transactions of an endpoint, and what happened in them: of the newest, so that every look is bounded. */
public final class EndpointSamples {
    /** Among how many of the newest transactions the slowest are found. */
    public static final int MOST_TRANSACTIONS = 5_000;

    /** Of how many of the newest transactions spans are looked at. */
    public static final int MOST_WITH_SPANS = 200;

    /** Among how many of the newest events of the project its errors are found. */
    public static final int MOST_EVENTS = 10_000;

    /** How much later than it ended a transaction may have arrived to be found. */
    private static final Duration DELAY = Duration.ofDays(1);

    /** The newest of the endpoint. The bounds of received_at follow from those of ended_at, and leave out partitions. */
    private static final String NEWEST = """
            SELECT received_at, envelope_id, event_id, trace_id, status, started_at, duration_ms, environment, release
            FROM transactions
            WHERE project_id = :project AND name = :name AND received_at >= :earliest AND received_at < :latest
              AND ended_at >= :from AND ended_at < :to
              AND (:op::text IS NULL OR coalesce(op, '') = :op)
              AND (:method::text IS NULL OR coalesce(http_method, '') = :method)
              AND (:all OR coalesce(environment, '') = ANY (:environments))
            ORDER BY received_at DESC
            LIMIT :most
            """;

    private static final String SLOWEST = """
            SELECT event_id, trace_id, status, started_at, duration_ms, environment, release
            FROM (%s) AS newest
            ORDER BY duration_ms DESC, event_id
            LIMIT :limit
            """.formatted(NEWEST);

    private static final String SPANS = """
            WITH newest AS MATERIALIZED (%s)
            SELECT s.op, s.description, count(*) AS spans, count(DISTINCT s.transaction_id) AS transactions,
                   sum(s.duration_ms) AS total_ms, percentile_cont(0.95) WITHIN GROUP (ORDER BY s.duration_ms) AS p95,
                   sum(s.duration_ms) / greatest((SELECT sum(duration_ms) FROM newest), 0.001) AS share
            FROM newest n
            JOIN spans s ON s.received_at = n.received_at AND s.envelope_id = n.envelope_id AND s.transaction_id = n.event_id
                        AND s.received_at >= :earliest AND s.received_at < :latest
            GROUP BY s.op, s.description
            ORDER BY total_ms DESC, s.op, s.description
            LIMIT :limit
            """.formatted(NEWEST);

    private static final String ISSUES = """
            SELECT i.id, i.title, i.level, i.status, counted.events, counted.last_seen
            FROM (SELECT issue_id, count(*) AS events, max(occurred_at) AS last_seen
                  FROM (SELECT issue_id, occurred_at, transaction, environment FROM events
                        WHERE project_id = :project AND received_at >= :earliest AND received_at < :latest
                        ORDER BY received_at DESC, event_id DESC
                        LIMIT :most) AS newest
                  WHERE transaction = :name AND occurred_at >= :from AND occurred_at < :to
                    AND (:all OR coalesce(environment, '') = ANY (:environments))
                  GROUP BY issue_id) AS counted
            JOIN issues i ON i.id = counted.issue_id
            ORDER BY counted.events DESC, i.id
            LIMIT :limit
            """;

    private final JdbcClient jdbc;

    public EndpointSamples(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A transaction. */
    public record Sample(
            EventId id,
            UUID traceId,
            @Nullable String status,
            Instant startedAt,
            double durationMs,
            @Nullable String environment,
            @Nullable String release) {}

    /** The slowest of the newest {@value #MOST_TRANSACTIONS} that ended in some time. */
    public List<Sample> slowest(EndpointSelection endpoint, Instant from, Instant to, int limit) {
        return bound(SLOWEST, endpoint, from, to)
                .param("most", MOST_TRANSACTIONS)
                .param("limit", limit)
                .query((row, _) -> new Sample(
                        new EventId(row.getObject("event_id", UUID.class)),
                        row.getObject("trace_id", UUID.class),
                        row.getString("status"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getDouble("duration_ms"),
                        row.getString("environment"),
                        row.getString("release")))
                .list();
    }

    /** What takes most time in the newest {@value #MOST_WITH_SPANS} that ended in some time. */
    public List<SlowSpan> slowestSpans(EndpointSelection endpoint, Instant from, Instant to, int limit) {
        return bound(SPANS, endpoint, from, to)
                .param("most", MOST_WITH_SPANS)
                .param("limit", limit)
                .query((row, _) -> new SlowSpan(
                        row.getString("op"),
                        row.getString("description"),
                        row.getLong("spans"),
                        row.getLong("transactions"),
                        row.getDouble("total_ms"),
                        row.getDouble("p95"),
                        row.getDouble("share")))
                .list();
    }

    /** The issues of which events name the endpoint, among the newest {@value #MOST_EVENTS} of the project in some time. */
    public List<EndpointIssue> issues(EndpointSelection endpoint, Instant from, Instant to, int limit) {
        return bound(ISSUES, endpoint, from, to)
                .param("most", MOST_EVENTS)
                .param("limit", limit)
                .query((row, _) -> new EndpointIssue(
                        row.getLong("id"),
                        row.getString("title"),
                        row.getString("level"),
                        row.getString("status"),
                        row.getLong("events"),
                        row.getObject("last_seen", OffsetDateTime.class).toInstant()))
                .list();
    }

    private StatementSpec bound(String sql, EndpointSelection endpoint, Instant from, Instant to) {
        return jdbc.sql(sql)
                .param("project", endpoint.projectId())
                .param("name", endpoint.name())
                .param("op", endpoint.op())
                .param("method", endpoint.httpMethod())
                .param("all", endpoint.environments() == null)
                .param(
                        "environments",
                        endpoint.environments() == null
                                ? new String[0]
                                : endpoint.environments().toArray(String[]::new))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("earliest", from.minus(Duration.ofMinutes(1)).atOffset(ZoneOffset.UTC))
                .param("latest", to.plus(DELAY).atOffset(ZoneOffset.UTC));
    }
}
