package dev.resentry.storage.uptime;

import dev.resentry.storage.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what came of checks. */
public final class UptimeQueries {
    private static final String RESULTS = """
            SELECT at, ok, status, duration_ms, error, location FROM uptime_results
            WHERE check_id = :check AND at < :before ORDER BY at DESC LIMIT :limit
            """;

    private static final String SPANS = """
            SELECT check_id, floor(extract(epoch FROM at - :from) / :seconds)::integer AS span,
                   count(*) FILTER (WHERE ok) AS ok, count(*) FILTER (WHERE NOT ok) AS failed,
                   coalesce(sum(duration_ms) FILTER (WHERE ok), 0) AS duration_ms
            FROM uptime_results
            WHERE check_id = ANY (:checks) AND at >= :from AND at < :to
            GROUP BY check_id, span ORDER BY check_id, span
            """;

    private static final String HOURS = """
            SELECT check_id, sum(ok) AS ok, sum(failed) AS failed FROM uptime_hours
            WHERE check_id = ANY (:checks) AND hour >= :from
            GROUP BY check_id
            """;

    private final JdbcClient jdbc;

    public UptimeQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How checks went in a span of time.
     *
     * @param span its number
     * @param durationMs of those that went well, together
     */
    public record Span(int span, long ok, long failed, long durationMs) {}

    /** How many checks went well. */
    public record Availability(long ok, long failed) {
        public static final Availability NOTHING = new Availability(0, 0);

        /** From 0 to 1; null if there was no check. */
        public @Nullable Double share() {
            return ok + failed == 0 ? null : (double) ok / (ok + failed);
        }
    }

    /** Results of a check before a time, the newest first. */
    public Page<UptimeResult> results(long check, Instant before, int limit) {
        return Page.ofOneMore(
                jdbc.sql(RESULTS)
                        .param("check", check)
                        .param("before", before.atOffset(ZoneOffset.UTC))
                        .param("limit", limit + 1)
                        .query((row, _) -> UptimeRows.result(row))
                        .list(),
                limit);
    }

    /** How each of some checks went, in spans of equal length; spans without a check are left out. */
    public Map<Long, List<Span>> spans(Collection<Long> checks, Instant from, Duration each, int count) {
        Map<Long, List<Span>> spans = new HashMap<>();
        jdbc.sql(SPANS)
                .param("checks", checks.toArray(Long[]::new))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", from.plus(each.multipliedBy(count)).atOffset(ZoneOffset.UTC))
                .param("seconds", each.toSeconds())
                .query(row -> {
                    spans.computeIfAbsent(row.getLong("check_id"), _ -> new ArrayList<>())
                            .add(new Span(
                                    row.getInt("span"),
                                    row.getLong("ok"),
                                    row.getLong("failed"),
                                    row.getLong("duration_ms")));
                });
        return spans;
    }

    /** How each of some checks went by whole UTC hours, from the one that a time is in. */
    public Map<Long, Availability> availability(Collection<Long> checks, Instant from) {
        Map<Long, Availability> availability = new HashMap<>();
        jdbc.sql(HOURS)
                .param("checks", checks.toArray(Long[]::new))
                .param("from", from.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .query(row -> {
                    availability.put(
                            row.getLong("check_id"), new Availability(row.getLong("ok"), row.getLong("failed")));
                });
        return availability;
    }
}
