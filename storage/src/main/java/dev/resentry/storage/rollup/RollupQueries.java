package dev.resentry.storage.rollup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what was counted; no query counts events. */
public final class RollupQueries {
    private static final String ISSUE_HOURS = """
            SELECT hour, events, users FROM issue_hours
            WHERE issue_id = :id AND hour >= :from AND hour < :to AND (:environment::text IS NULL OR environment = :environment)
            ORDER BY hour
            """;

    private static final String TAGS = """
            SELECT key, key_events, value, events, last_seen
            FROM (SELECT key, value, events, last_seen,
                         sum(events) OVER (PARTITION BY key)::bigint AS key_events,
                         row_number() OVER (PARTITION BY key ORDER BY value = '', events DESC, value) AS number
                  FROM issue_tags
                  WHERE issue_id = :id) AS t
            WHERE number <= :values
            ORDER BY key, number
            """;

    private final JdbcClient jdbc;

    public RollupQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The hours of an issue that begin in some time.
     *
     * @param environment null for all; empty for events without one
     */
    public IssueTimeline issue(long issueId, Instant from, Instant to, @Nullable String environment) {
        Map<Instant, HourSum> hours = new LinkedHashMap<>();
        var users = new DistinctUsers();
        jdbc.sql(ISSUE_HOURS)
                .param("id", issueId)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("environment", environment)
                .query(row -> {
                    HourSum hour = hours.computeIfAbsent(at(row, 1), _ -> new HourSum());
                    DistinctUsers stored = DistinctUsers.ofBytes(row.getBytes(3));
                    hour.events += row.getLong(2);
                    hour.users.add(stored);
                    users.add(stored);
                });
        return new IssueTimeline(
                hours.values().stream().mapToLong(hour -> hour.events).sum(),
                users.count(),
                hours.entrySet().stream()
                        .map(hour -> new IssueTimeline.Hour(
                                hour.getKey(),
                                hour.getValue().events,
                                hour.getValue().users.count()))
                        .toList());
    }

    private static final class HourSum {
        private final DistinctUsers users = new DistinctUsers();
        private long events;
    }

    /**
     * The minutes or hours of a project that begin in some time.
     *
     * @param environment null for all; empty for events without one
     */
    public ProjectTimeline project(
            long projectId, Resolution resolution, Instant from, Instant to, @Nullable String environment) {
        Map<Instant, SortedMap<String, Long>> buckets = new LinkedHashMap<>();
        String sql = """
                SELECT %1$s, level, sum(events)::bigint FROM %2$s
                WHERE project_id = :id AND %1$s >= :from AND %1$s < :to
                  AND (:environment::text IS NULL OR environment = :environment)
                GROUP BY %1$s, level
                ORDER BY %1$s
                """.formatted(resolution.column(), resolution.table());
        jdbc.sql(sql)
                .param("id", projectId)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("environment", environment)
                .query(row -> {
                    buckets.computeIfAbsent(at(row, 1), _ -> new TreeMap<>()).put(row.getString(2), row.getLong(3));
                });
        List<ProjectTimeline.Bucket> all = buckets.entrySet().stream()
                .map(bucket -> new ProjectTimeline.Bucket(
                        bucket.getKey(),
                        bucket.getValue().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        bucket.getValue()))
                .toList();
        return new ProjectTimeline(
                all.stream().mapToLong(ProjectTimeline.Bucket::events).sum(), all);
    }

    /**
     * The tags of an issue, by key.
     *
     * @param values how many values of each key at most
     */
    public List<IssueTag> tags(long issueId, int values) {
        Map<String, Long> events = new LinkedHashMap<>();
        Map<String, List<IssueTag.Value>> top = new LinkedHashMap<>();
        jdbc.sql(TAGS).param("id", issueId).param("values", values).query(row -> {
            String key = row.getString(1);
            events.put(key, row.getLong(2));
            List<IssueTag.Value> named = top.computeIfAbsent(key, _ -> new ArrayList<>());
            if (!row.getString(3).equals(IssueTags.OTHER_VALUES)) {
                named.add(new IssueTag.Value(row.getString(3), row.getLong(4), at(row, 5)));
            }
        });
        return top.entrySet().stream()
                .map(key -> new IssueTag(key.getKey(), events.getOrDefault(key.getKey(), 0L), key.getValue()))
                .toList();
    }

    private static Instant at(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
