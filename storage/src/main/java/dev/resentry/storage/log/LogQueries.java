package dev.resentry.storage.log;

import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Reads logs, by their own time. */
public final class LogQueries {
    private final JdbcClient jdbc;

    public LogQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A page of the logs that a filter wants.
     *
     * @param behind behind which it begins; null for the first page
     */
    public Page<StoredLog> list(LogFilter filter, LogOrder order, @Nullable LogPosition behind, int limit) {
        String sql = "SELECT " + StoredLog.SHORTENED + " FROM logs l WHERE true " + filter.conditions()
                + (behind == null ? "" : behind(order)) + """
                ORDER BY l.occurred_at %1$s, l.sequence %1$s, l.envelope_id %1$s, l.position %1$s, l.index %1$s
                LIMIT :limit
                """.formatted(order.direction());
        StatementSpec statement = jdbc.sql(sql).params(filter.parameters()).param("limit", limit + 1);
        if (behind != null) {
            statement
                    .param("at", behind.at().atOffset(ZoneOffset.UTC))
                    .param("sequence", behind.sequence())
                    .param("envelope", behind.id().envelopeId())
                    .param("position", behind.id().position())
                    .param("index", behind.id().index());
        }
        return Page.ofOneMore(statement.query((row, _) -> StoredLog.of(row)).list(), limit);
    }

    /** The first condition follows from the second; an index on the time alone uses it. */
    private static String behind(LogOrder order) {
        return """
                AND l.occurred_at %1$s= :at
                AND (l.occurred_at, l.sequence, l.envelope_id, l.position, l.index)
                    %1$s (:at, :sequence, :envelope, :position, :index)
                """.formatted(order.behind());
    }

    /** Finds a log. */
    public Optional<StoredLog> find(LogId id, VisibleProjects visible) {
        return jdbc.sql("SELECT " + StoredLog.WHOLE + """
                        FROM logs l
                        WHERE l.received_at = :at AND l.envelope_id = :envelope AND l.position = :position AND l.index = :index
                        """ + visible.and("l.project_id"))
                .param("visible", visible.parameter())
                .param("at", id.receivedAt().atOffset(ZoneOffset.UTC))
                .param("envelope", id.envelopeId())
                .param("position", id.position())
                .param("index", id.index())
                .query((row, _) -> StoredLog.of(row))
                .optional();
    }

    /**
     * How many logs of a level are in a bar.
     *
     * @param bar the first is 0
     */
    public record LevelCount(int bar, String level, long logs) {}

    /**
     * Counts the logs that a filter wants in bars of equal length.
     *
     * @param begin where the first bar begins
     */
    public List<LevelCount> bars(LogFilter filter, Instant begin, Duration each) {
        String sql = """
                SELECT floor(extract(epoch FROM l.occurred_at - :begin::timestamptz) / :seconds)::integer AS bar, l.level,
                       count(*) AS logs
                FROM logs l WHERE true %s
                GROUP BY 1, 2 ORDER BY 1, 2
                """.formatted(filter.conditions());
        return jdbc.sql(sql)
                .params(filter.parameters())
                .param("begin", begin.atOffset(ZoneOffset.UTC))
                .param("seconds", each.toSeconds())
                .query((row, _) -> new LevelCount(row.getInt("bar"), row.getString("level"), row.getLong("logs")))
                .list();
    }
}
