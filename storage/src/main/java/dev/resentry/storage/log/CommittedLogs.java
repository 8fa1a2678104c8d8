package dev.resentry.storage.log;

import dev.resentry.storage.search.BoundedReads;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the logs that were committed since a look before. Rows are compared with what that look could see, not by a number or a time: a
 * transaction that began earlier and was committed later than another is found by the next look, and no row by two.
 */
public final class CommittedLogs {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final BoundedReads reads;

    public CommittedLogs(JdbcClient jdbc, BoundedReads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    /**
     * What a look found.
     *
     * @param seen what it could see, for the next look
     * @param logs the newest that the filter wants, the newest first
     * @param matched how many the filter wants
     */
    public record Look(String seen, List<StoredLog> logs, long matched) {}

    /** What can be seen now. */
    public String now() {
        return jdbc.sql("SELECT pg_current_snapshot()::text")
                .query(String.class)
                .single();
    }

    /**
     * Looks at what was committed since another look.
     *
     * @param since what that look could see
     * @param arrivedFrom what arrived earlier, as when the past is processed again, is no news
     * @throws dev.resentry.storage.search.SearchTimeoutException if it takes too long
     */
    public Look since(String since, LogFilter filter, Instant arrivedFrom, int limit) {
        return reads.within(LONGEST, () -> {
            // Nothing is known yet of the newest partition, and its newest rows are wanted: its index is the way to
            // them.
            jdbc.sql("SELECT set_config('enable_seqscan', 'off', true)")
                    .query(String.class)
                    .single();
            return look(since, filter, arrivedFrom, limit);
        });
    }

    /**
     * One statement, so that the snapshot it tells is the one that it sees. The inner query is not merged with the outer one: few rows are
     * new, whatever a plan thinks of the conditions. Rows from another database that was restored here have transactions that this one
     * has not reached yet.
     */
    private Look look(String since, LogFilter filter, Instant arrivedFrom, int limit) {
        String sql = """
                SELECT pg_current_snapshot()::text AS seen, found.*
                FROM (SELECT 1) AS always
                LEFT JOIN (
                    SELECT %s, count(*) OVER () AS matched
                    FROM (SELECT * FROM logs
                          WHERE stored_by >= pg_snapshot_xmin(:since::pg_snapshot)
                            AND stored_by < pg_snapshot_xmax(pg_current_snapshot())
                            AND NOT pg_visible_in_snapshot(stored_by, :since::pg_snapshot)
                            AND received_at >= :arrivedFrom
                          OFFSET 0) AS l
                    WHERE true %s
                    ORDER BY l.occurred_at DESC, l.sequence DESC, l.envelope_id DESC, l.position DESC, l.index DESC
                    LIMIT :limit) AS found ON true
                ORDER BY occurred_at DESC, sequence DESC, envelope_id DESC, position DESC, index DESC
                """.formatted(StoredLog.SHORTENED, filter.conditions());
        List<StoredLog> logs = new ArrayList<>();
        String[] seen = {since};
        long[] matched = {0};
        jdbc.sql(sql)
                .params(filter.parameters())
                .param("since", since)
                .param("arrivedFrom", arrivedFrom.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(row -> {
                    seen[0] = row.getString("seen");
                    if (row.getObject("received_at") != null) {
                        matched[0] = row.getLong("matched");
                        logs.add(StoredLog.of(row));
                    }
                });
        return new Look(seen[0], logs, matched[0]);
    }
}
