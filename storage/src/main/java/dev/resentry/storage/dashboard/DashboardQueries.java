package dev.resentry.storage.dashboard;

import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.rollup.DistinctUsers;
import dev.resentry.storage.rollup.ProjectTimeline;
import dev.resentry.storage.rollup.Resolution;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionOperations;

/** Reads what a dashboard shows. Environments are null for all; the empty one is of what has none. */
public final class DashboardQueries {
    /** Of projects with more, the users of those that happened last are counted. */
    private static final int MOST_ISSUES = 100_000;

    /** By project, as the keys of the tables begin with it. */
    private static final String SERIES = """
            SELECT part.bar, part.level, sum(part.events)::bigint
            FROM projects p
            CROSS JOIN LATERAL (
                SELECT floor(extract(epoch FROM h.{at} - :from::timestamptz) / :interval)::integer AS bar, h.level,
                       sum(h.events) AS events
                FROM {table} h
                WHERE h.project_id = p.id AND h.{at} >= :from AND h.{at} < :to {environments}
                GROUP BY 1, 2) AS part
            WHERE true {visible}
            GROUP BY 1, 2
            """;

    private static final String ERRORS = """
            SELECT part.is_now, sum(part.events)::bigint
            FROM projects p
            CROSS JOIN LATERAL (
                SELECT h.{at} >= :from AS is_now, sum(h.events) AS events FROM {table} h
                WHERE h.project_id = p.id AND h.{at} >= :before AND h.{at} < :to {environments}
                GROUP BY 1) AS part
            WHERE true {visible}
            GROUP BY 1
            """;

    private static final String USERS = """
            SELECT part.is_now, part.users
            FROM (SELECT id FROM issues p WHERE p.last_seen >= :before {visible} ORDER BY p.last_seen DESC LIMIT :most) AS i
            CROSS JOIN LATERAL (
                SELECT h.hour >= :from AS is_now, h.users FROM issue_hours h
                WHERE h.issue_id = i.id AND h.hour >= :before AND h.hour < :to AND h.users IS NOT NULL {environments}
                OFFSET 0) AS part
            """;

    private static final String NEW_ISSUES = """
            SELECT p.first_seen >= :from AS is_now, count(*)
            FROM issues p
            WHERE p.first_seen >= :before AND p.first_seen < :to AND p.event_count > 0 {visible} {seen}
            GROUP BY 1
            """;

    private static final String SESSIONS = """
            SELECT part.is_now, sum(part.sessions)::bigint, sum(part.crashed)::bigint
            FROM projects p
            CROSS JOIN LATERAL (
                SELECT h.{at} >= :from AS is_now, sum(h.sessions) AS sessions, sum(h.crashed) AS crashed FROM {table} h
                WHERE h.project_id = p.id AND h.{at} >= :before AND h.{at} < :to {environments}
                GROUP BY 1) AS part
            WHERE true {visible}
            GROUP BY 1
            """;

    /** Of the releases with the most sessions, those with the most errors first. */
    private static final String RELEASES = """
            SELECT used.*, r.id AS release_id, coalesce(e.events, 0) AS errors
            FROM (SELECT p.id AS project_id, p.slug, part.*
                  FROM projects p
                  CROSS JOIN LATERAL (
                      SELECT h.release, h.environment, sum(h.sessions)::bigint AS sessions, sum(h.crashed)::bigint AS crashed
                      FROM session_hours h
                      WHERE h.project_id = p.id AND h.hour >= :from AND h.hour < :to {environments}
                      GROUP BY h.release, h.environment
                      HAVING sum(h.sessions) > 0) AS part
                  WHERE true {visible}
                  ORDER BY part.sessions DESC, p.id, part.release, part.environment
                  LIMIT :limit) AS used
            LEFT JOIN releases r ON r.project_id = used.project_id AND r.version = used.release
            LEFT JOIN LATERAL (
                SELECT sum(events)::bigint AS events FROM release_hours
                WHERE project_id = used.project_id AND release = used.release AND environment = used.environment
                  AND hour >= :from AND hour < :to) AS e ON true
            ORDER BY coalesce(e.events, 0)::float8 / used.sessions DESC, used.sessions DESC, used.release, used.environment
            """;

    /** Rows of users, of up to 4 KiB each, are not all in memory at once. */
    private static final int FETCH = 1_000;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    /** @param transactions without which a result is not read row by row */
    public DashboardQueries(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** The events of each bar of a window, by level; the bars without events are among them. */
    public ProjectTimeline errors(
            VisibleProjects projects, @Nullable Set<String> environments, DashboardWindow window) {
        List<SortedMap<String, Long>> bars = new ArrayList<>();
        for (int i = 0; i < window.bars(); i++) {
            bars.add(new TreeMap<>());
        }
        statement(in(SERIES, "project", window), "p.id", projects, environments)
                .param("from", utc(window.from()))
                .param("to", utc(window.to()))
                .param("interval", window.interval().toSeconds())
                .query(row -> {
                    bars.get(row.getInt(1)).put(row.getString(2), row.getLong(3));
                });
        List<ProjectTimeline.Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < bars.size(); i++) {
            SortedMap<String, Long> levels = bars.get(i);
            buckets.add(new ProjectTimeline.Bucket(
                    window.from().plus(window.interval().multipliedBy(i)), sum(levels), levels));
        }
        return new ProjectTimeline(
                buckets.stream().mapToLong(ProjectTimeline.Bucket::events).sum(), buckets);
    }

    private static long sum(SortedMap<String, Long> levels) {
        return levels.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The figures of a window and of the time before it. */
    public DashboardFigures.Pair figures(
            VisibleProjects projects, @Nullable Set<String> environments, DashboardWindow window) {
        var now = new Figures();
        var before = new Figures();
        inBoth(in(ERRORS, "project", window), "p.id", projects, environments, window)
                .query(row -> {
                    (row.getBoolean(1) ? now : before).errors = row.getLong(2);
                });
        inBoth(in(SESSIONS, "session", window), "p.id", projects, environments, window)
                .query(row -> {
                    Figures some = row.getBoolean(1) ? now : before;
                    some.sessions = row.getLong(2);
                    some.crashed = row.getLong(3);
                });
        String inEnvironments = environments == null
                ? ""
                : "AND EXISTS (SELECT FROM issue_hours h WHERE h.issue_id = p.id AND h.environment = ANY (:environments))";
        inBoth(NEW_ISSUES.replace("{seen}", inEnvironments), "p.project_id", projects, environments, window)
                .query(row -> {
                    (row.getBoolean(1) ? now : before).newIssues = row.getLong(2);
                });
        transactions.executeWithoutResult(_ -> statement(USERS, "p.project_id", projects, environments)
                .param("from", utc(hour(window.from())))
                .param("before", utc(hour(window.before())))
                .param("to", utc(window.to()))
                .param("most", MOST_ISSUES)
                .withFetchSize(FETCH)
                .query(row -> {
                    (row.getBoolean(1) ? now : before).users.add(DistinctUsers.ofBytes(row.getBytes(2)));
                }));
        return new DashboardFigures.Pair(now.asFigures(), before.asFigures());
    }

    private static final class Figures {
        private final DistinctUsers users = new DistinctUsers();
        private long errors;
        private long newIssues;
        private long sessions;
        private long crashed;

        DashboardFigures asFigures() {
            Double crashFree = sessions == 0 ? null : Double.valueOf(Math.max(0, 1 - (double) crashed / sessions));
            return new DashboardFigures(errors, users.count(), newIssues, sessions, crashFree);
        }
    }

    /** Of the releases with the most sessions in the hours of a window, by environment, those with the most errors for each first. */
    public List<ReleaseErrors> releases(
            VisibleProjects projects, @Nullable Set<String> environments, DashboardWindow window, int limit) {
        return statement(RELEASES, "p.id", projects, environments)
                .param("from", utc(hour(window.from())))
                .param("to", utc(window.to()))
                .param("limit", limit)
                .query((row, _) -> new ReleaseErrors(
                        row.getLong("project_id"),
                        row.getString("slug"),
                        row.getObject("release_id", Long.class),
                        row.getString("release"),
                        row.getString("environment"),
                        row.getLong("sessions"),
                        row.getLong("errors"),
                        Math.max(0, 1 - (double) row.getLong("crashed") / row.getLong("sessions"))))
                .list();
    }

    /** A statement about minutes or hours, as the window has them. */
    private static String in(String sql, String of, DashboardWindow window) {
        String unit = window.resolution() == Resolution.MINUTE ? "minute" : "hour";
        return sql.replace("{at}", unit).replace("{table}", of + "_" + unit + "s");
    }

    private StatementSpec inBoth(
            String sql,
            String project,
            VisibleProjects projects,
            @Nullable Set<String> environments,
            DashboardWindow window) {
        return statement(sql, project, projects, environments)
                .param("from", utc(window.from()))
                .param("before", utc(window.before()))
                .param("to", utc(window.to()));
    }

    private StatementSpec statement(
            String sql, String project, VisibleProjects projects, @Nullable Set<String> environments) {
        String ofEnvironments = environments == null ? "" : "AND h.environment = ANY (:environments)";
        return jdbc.sql(projects.in(sql.replace("{environments}", ofEnvironments), project))
                .param("visible", projects.parameter())
                .param("environments", environments == null ? new String[0] : environments.toArray(String[]::new));
    }

    private static Instant hour(Instant at) {
        return at.truncatedTo(ChronoUnit.HOURS);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
