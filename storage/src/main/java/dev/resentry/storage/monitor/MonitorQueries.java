package dev.resentry.storage.monitor;

import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads check-ins. */
public final class MonitorQueries {
    private static final String PAGE = """
            SELECT %s, e.environment FROM monitor_environments e
            CROSS JOIN LATERAL (
                SELECT * FROM check_ins i
                WHERE i.environment_id = e.id AND (i.at, i.id) < (:at, :id::uuid) ORDER BY i.at DESC, i.id DESC LIMIT :limit) AS c
            WHERE e.monitor_id = :monitor AND (:environment::text IS NULL OR e.environment = :environment)
            ORDER BY c.at DESC, c.id DESC LIMIT :limit
            """.formatted(MonitorRows.CHECK_IN);

    private static final String SPANS = """
            SELECT floor(extract(epoch FROM c.at - :from) / :seconds)::integer AS span,
                   count(*) FILTER (WHERE c.status = 'ok') AS ok,
                   count(*) FILTER (WHERE c.status = 'error') AS error,
                   count(*) FILTER (WHERE c.status = 'missed') AS missed,
                   count(*) FILTER (WHERE c.status = 'timeout') AS timeout,
                   avg(c.duration_ms) FILTER (WHERE c.status IN ('ok', 'error')) AS average
            FROM monitor_environments e JOIN check_ins c ON c.environment_id = e.id
            WHERE e.monitor_id = :monitor AND (:environment::text IS NULL OR e.environment = :environment)
              AND c.at >= :from AND c.at < :to
            GROUP BY span ORDER BY span
            """;

    private final JdbcClient jdbc;

    public MonitorQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A check-in with the environment that it is of. */
    public record ListedCheckIn(String environment, StoredCheckIn checkIn) {}

    /**
     * How runs went in a span of time.
     *
     * @param span its number
     * @param averageMs how long they took; null if none said so
     */
    public record Span(
            int span,
            long ok,
            long error,
            long missed,
            long timeout,
            @Nullable Long averageMs) {}

    /** The newest check-ins of each environment, the newest first. */
    public Map<Long, List<StoredCheckIn>> newest(Collection<Long> environments, int limit) {
        return new CheckInRows(jdbc).newest(environments, limit);
    }

    /** Check-ins of a monitor, the newest first; of all its environments if none is given. */
    public Page<ListedCheckIn> page(long monitor, @Nullable String environment, Position behind, int limit) {
        return Page.ofOneMore(
                jdbc.sql(PAGE)
                        .param("monitor", monitor)
                        .param("environment", environment)
                        .param("at", MonitorRows.time(behind.at()))
                        .param("id", behind.id().toString())
                        .param("limit", limit + 1)
                        .query((row, _) -> new ListedCheckIn(row.getString("environment"), MonitorRows.checkIn(row)))
                        .list(),
                limit);
    }

    /** How the runs of a monitor went, in spans of equal length; spans without any are left out. */
    public List<Span> spans(long monitor, @Nullable String environment, Instant from, Duration each, int count) {
        return jdbc.sql(SPANS)
                .param("monitor", monitor)
                .param("environment", environment)
                .param("from", MonitorRows.time(from))
                .param("to", MonitorRows.time(from.plus(each.multipliedBy(count))))
                .param("seconds", each.toSeconds())
                .query((row, _) -> new Span(
                        row.getInt("span"),
                        row.getLong("ok"),
                        row.getLong("error"),
                        row.getLong("missed"),
                        row.getLong("timeout"),
                        row.getObject("average") == null ? null : Math.round(row.getDouble("average"))))
                .list();
    }
}
