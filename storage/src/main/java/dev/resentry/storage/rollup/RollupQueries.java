package dev.resentry.storage.rollup;

import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Reads what was counted; no query counts events. */
public final class RollupQueries {
    private static final String ISSUE_HOURS = """
            SELECT hour, events, users FROM issue_hours
            WHERE issue_id = :id AND hour >= :from AND hour < :to AND (:environment::text IS NULL OR environment = :environment)
            ORDER BY hour
            """;

    private static final String TAGS = """
            SELECT key, key_events, value, events, last_seen, key_values
            FROM (SELECT key, value, events, last_seen,
                         sum(events) OVER (PARTITION BY key)::bigint AS key_events,
                         count(*) FILTER (WHERE value <> '') OVER (PARTITION BY key) AS key_values,
                         row_number() OVER (PARTITION BY key ORDER BY value = '', events DESC, value) AS number
                  FROM issue_tags
                  WHERE issue_id = :id AND key <> '') AS t
            WHERE number <= :values
            ORDER BY key, number
            """;

    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

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
     * What some issues have in the hours that begin in some time; an issue without any is missing.
     *
     * @param to null for no end
     * @param environments null for all
     */
    public Map<Long, IssueCount> issues(
            Collection<Long> issueIds, Instant from, @Nullable Instant to, @Nullable Set<String> environments) {
        Map<Long, HourSum> sums = new HashMap<>();
        hours("issue_id, events, users", "", issueIds, from, to, environments).query(row -> {
            HourSum sum = sums.computeIfAbsent(row.getLong(1), _ -> new HourSum());
            sum.events += row.getLong(2);
            sum.users.add(DistinctUsers.ofBytes(row.getBytes(3)));
        });
        Map<Long, IssueCount> counts = new HashMap<>();
        sums.forEach((id, sum) -> counts.put(id, new IssueCount(sum.events, sum.users.count())));
        return counts;
    }

    /**
     * The events of some issues by hour; an issue without any is missing.
     *
     * @param environments null for all
     * @return a number for each of the hours, the earliest first
     */
    public Map<Long, long[]> trends(
            Collection<Long> issueIds, Instant firstHour, int hours, @Nullable Set<String> environments) {
        Map<Long, long[]> trends = new HashMap<>();
        Instant to = firstHour.plus(hours, ChronoUnit.HOURS);
        hours("issue_id, hour, sum(events)::bigint", "GROUP BY issue_id, hour", issueIds, firstHour, to, environments)
                .query(row -> {
                    long[] trend = trends.computeIfAbsent(row.getLong(1), _ -> new long[hours]);
                    trend[(int) ChronoUnit.HOURS.between(firstHour, at(row, 2))] = row.getLong(3);
                });
        return trends;
    }

    private StatementSpec hours(
            String columns,
            String grouping,
            Collection<Long> issueIds,
            Instant from,
            @Nullable Instant to,
            @Nullable Set<String> environments) {
        String sql =
                """
                SELECT %s FROM issue_hours
                WHERE issue_id = ANY (:ids) AND hour >= :from AND hour < :to %s
                %s
                """.formatted(columns, environments == null ? "" : "AND environment = ANY (:environments)", grouping);
        return jdbc.sql(sql)
                .param("ids", issueIds.toArray(Long[]::new))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", (to == null ? NEVER : to).atOffset(ZoneOffset.UTC))
                .param("environments", environments == null ? new String[0] : environments.toArray(String[]::new));
    }

    /**
     * How many users the events of a release happened to.
     *
     * @param environments null for all
     */
    public long usersOfRelease(long projectId, String release, @Nullable Set<String> environments) {
        var users = new DistinctUsers();
        String sql =
                "SELECT users FROM issue_releases WHERE project_id = :project AND release = :release AND users IS NOT NULL"
                        + (environments == null ? "" : " AND environment = ANY (:environments)");
        jdbc.sql(sql)
                .param("project", projectId)
                .param("release", release)
                .param("environments", environments == null ? new String[0] : environments.toArray(String[]::new))
                .query(row -> {
                    users.add(DistinctUsers.ofBytes(row.getBytes(1)));
                });
        return users.count();
    }

    /**
     * The hours of a release that begin in some time and have events, the earliest first.
     *
     * @param environments in which they are counted; null for all
     */
    public List<ReleaseHour> release(
            long projectId, String release, Instant from, Instant to, @Nullable Set<String> environments) {
        return jdbc.sql("""
                        SELECT hour, sum(events)::bigint FROM release_hours
                        WHERE project_id = :project AND release = :release AND hour >= :from AND hour < :to
                          AND (:all OR environment = ANY (:environments))
                        GROUP BY hour
                        ORDER BY hour
                        """)
                .param("project", projectId)
                .param("release", release)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("all", environments == null)
                .param("environments", environments == null ? new String[0] : environments.toArray(String[]::new))
                .query((row, _) -> new ReleaseHour(at(row, 1), row.getLong(2)))
                .list();
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

    /** The environments that events of some projects named since some time, in their order. */
    public List<String> environments(VisibleProjects projects, Instant since, int limit) {
        return jdbc.sql(projects.in("""
                        SELECT DISTINCT h.environment FROM projects p
                        JOIN project_hours h ON h.project_id = p.id AND h.hour >= :since
                        WHERE h.environment <> '' {visible}
                        ORDER BY h.environment
                        LIMIT :limit
                        """, "p.id"))
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("visible", projects.parameter())
                .param("limit", limit)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /**
     * The tags of an issue, by key.
     *
     * @param values how many values of each key at most
     */
    public List<IssueTag> tags(long issueId, int values) {
        Map<String, Long> events = new LinkedHashMap<>();
        Map<String, Long> distinct = new LinkedHashMap<>();
        Map<String, List<IssueTag.Value>> top = new LinkedHashMap<>();
        jdbc.sql(TAGS).param("id", issueId).param("values", values).query(row -> {
            String key = row.getString(1);
            events.put(key, row.getLong(2));
            distinct.put(key, row.getLong(6));
            List<IssueTag.Value> named = top.computeIfAbsent(key, _ -> new ArrayList<>());
            if (!row.getString(3).equals(IssueTags.OTHER_VALUES)) {
                named.add(new IssueTag.Value(row.getString(3), row.getLong(4), at(row, 5)));
            }
        });
        return top.entrySet().stream()
                .map(key -> new IssueTag(
                        key.getKey(),
                        events.getOrDefault(key.getKey(), 0L),
                        distinct.getOrDefault(key.getKey(), 0L),
                        key.getValue()))
                .toList();
    }

    private static Instant at(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
