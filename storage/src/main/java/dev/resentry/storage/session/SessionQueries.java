package dev.resentry.storage.session;

import dev.resentry.storage.rollup.DistinctUsers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Reads what was counted of sessions, by when they began. Environments are null for all; the empty one is of sessions
 * without any.
 */
public final class SessionQueries {
    private static final String COUNTS = """
            sum(sessions)::bigint AS sessions, sum(errored)::bigint AS errored, sum(unhandled)::bigint AS unhandled,
            sum(abnormal)::bigint AS abnormal, sum(crashed)::bigint AS crashed, sum(durations)::bigint AS durations,
            sum(duration_ms)::bigint AS duration_ms
            """;

    private static final String RELEASES = """
            SELECT release, environment, max(hour) AS last_hour, %s FROM session_hours
            WHERE project_id = :project AND hour >= :from %%s
            GROUP BY release, environment
            ORDER BY last_hour DESC, release, environment
            LIMIT :limit
            """.formatted(COUNTS);

    private final JdbcClient jdbc;

    public SessionQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The releases of a project by environment, those that were used last first; at most {@code limit}.
     *
     * @param from all of the hour that it is in counts
     */
    public List<ReleaseSessions> releases(long projectId, Instant from, @Nullable Set<String> environments, int limit) {
        return statement(RELEASES.formatted(in(environments)), projectId, environments)
                .param("from", from.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, _) -> new ReleaseSessions(
                        row.getString("release"), row.getString("environment"), counts(row), at(row, "last_hour")))
                .list();
    }

    /**
     * The sessions of a project in intervals.
     *
     * @param release null for all releases
     * @return the counts of each interval, the earliest first
     */
    public List<SessionCounts> series(
            long projectId, @Nullable String release, @Nullable Set<String> environments, SessionBuckets buckets) {
        SessionResolution resolution = buckets.resolution();
        SessionCounts[] series = new SessionCounts[buckets.count()];
        Arrays.fill(series, SessionCounts.NONE);
        String sql = """
                SELECT %1$s AS at, %2$s FROM %3$s
                WHERE project_id = :project AND %1$s >= :from AND %1$s < :to %4$s %5$s
                GROUP BY %1$s
                """.formatted(
                        resolution.column(),
                        COUNTS,
                        resolution.table(),
                        release == null ? "" : "AND release = :release",
                        in(environments));
        statement(sql, projectId, environments)
                .param("release", release)
                .param("from", buckets.from().atOffset(ZoneOffset.UTC))
                .param("to", buckets.to().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    int number = buckets.of(at(row, "at"));
                    series[number] = series[number].plus(counts(row));
                });
        return List.of(series);
    }

    /**
     * The users of sessions that began in the hours that some time touches.
     *
     * @param release null for all releases
     */
    public SessionUserCounts users(
            long projectId, @Nullable String release, @Nullable Set<String> environments, Instant from, Instant to) {
        Map<UserKind, DistinctUsers> users = new EnumMap<>(UserKind.class);
        for (UserKind kind : UserKind.values()) {
            users.put(kind, new DistinctUsers());
        }
        String sql = """
                SELECT kind, users FROM session_users
                WHERE project_id = :project AND hour >= :from AND hour < :to %s %s
                """.formatted(release == null ? "" : "AND release = :release", in(environments));
        statement(sql, projectId, environments)
                .param("release", release)
                .param("from", from.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    DistinctUsers some = users.get(UserKind.of(row.getString(1)));
                    if (some != null) {
                        some.add(DistinctUsers.ofBytes(row.getBytes(2)));
                    }
                });
        return new SessionUserCounts(
                count(users, UserKind.ALL),
                count(users, UserKind.ERRORED),
                count(users, UserKind.ABNORMAL),
                count(users, UserKind.CRASHED));
    }

    /** A release of a project. */
    public record ReleaseKey(long projectId, String release) {}

    /** How releases fare; one without sessions in 30 days is missing. */
    public Map<ReleaseKey, ReleaseHealth> health(
            List<ReleaseKey> releases, Instant now, @Nullable Set<String> environments) {
        String sql = """
                SELECT wanted.project_id, wanted.release, h.*, p.sessions AS of_project
                FROM unnest(:projects::bigint[], :releases::text[]) AS wanted(project_id, release)
                CROSS JOIN LATERAL (
                    SELECT %1$s, coalesce(sum(sessions) FILTER (WHERE hour >= :day), 0)::bigint AS of_day
                    FROM session_hours
                    WHERE project_id = wanted.project_id AND release = wanted.release AND hour >= :month %2$s) AS h
                LEFT JOIN (
                    SELECT project_id, sum(sessions)::bigint AS sessions FROM session_hours
                    WHERE project_id = ANY (:projects) AND hour >= :day %2$s
                    GROUP BY project_id) AS p ON p.project_id = wanted.project_id
                WHERE h.sessions IS NOT NULL
                """.formatted(COUNTS, in(environments));
        Map<ReleaseKey, ReleaseHealth> health = new HashMap<>();
        jdbc.sql(sql)
                .param("projects", releases.stream().map(ReleaseKey::projectId).toArray(Long[]::new))
                .param("releases", releases.stream().map(ReleaseKey::release).toArray(String[]::new))
                .param("day", AdoptionQuery.day(now).atOffset(ZoneOffset.UTC))
                .param("month", AdoptionQuery.month(now).atOffset(ZoneOffset.UTC))
                .param("environments", array(environments))
                .query(row -> {
                    health.put(
                            new ReleaseKey(row.getLong("project_id"), row.getString("release")),
                            new ReleaseHealth(
                                    counts(row),
                                    AdoptionQuery.share(row.getLong("of_day"), row.getLong("of_project"))));
                });
        return health;
    }

    /** How far a release has come. */
    public Adoption adoption(long projectId, String release, @Nullable Set<String> environments, Instant now) {
        return new AdoptionQuery(jdbc).run(projectId, release, environments, now);
    }

    static String in(@Nullable Set<String> environments) {
        return environments == null ? "" : "AND environment = ANY (:environments)";
    }

    static String[] array(@Nullable Set<String> environments) {
        return environments == null ? new String[0] : environments.toArray(String[]::new);
    }

    private StatementSpec statement(String sql, long projectId, @Nullable Set<String> environments) {
        return jdbc.sql(sql).param("project", projectId).param("environments", array(environments));
    }

    private static long count(Map<UserKind, DistinctUsers> users, UserKind kind) {
        DistinctUsers some = users.get(kind);
        return some == null ? 0 : some.count();
    }

    private static SessionCounts counts(ResultSet row) throws SQLException {
        return new SessionCounts(
                row.getLong("sessions"),
                row.getLong("errored"),
                row.getLong("unhandled"),
                row.getLong("abnormal"),
                row.getLong("crashed"),
                row.getLong("durations"),
                row.getLong("duration_ms"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
