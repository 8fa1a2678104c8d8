package dev.resentry.storage.session;

import dev.resentry.storage.rollup.DistinctUsers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far a release has come, from the hours of its project in the last 30 days. */
record AdoptionQuery(JdbcClient jdbc) {
    private static final double ADOPTED = 0.1;

    /** The present hour and those in front of it. */
    static Instant day(Instant now) {
        return hours(now, 24);
    }

    static Instant month(Instant now) {
        return hours(now, 30 * 24);
    }

    private static Instant hours(Instant now, int hours) {
        return now.truncatedTo(ChronoUnit.HOURS).minus(hours - 1L, ChronoUnit.HOURS);
    }

    /** From 0 to 1; null of nothing. */
    static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : Double.valueOf((double) part / whole);
    }

    Adoption run(long projectId, String release, @Nullable Set<String> environments, Instant now) {
        Double users = users(projectId, release, environments, now);
        String sql = """
                SELECT coalesce(sum(ours) FILTER (WHERE hour >= :day), 0)::bigint,
                       coalesce(sum(sessions) FILTER (WHERE hour >= :day), 0)::bigint,
                       coalesce(sum(ours) FILTER (WHERE hour >= :recent), 0)::bigint,
                       coalesce(sum(sessions) FILTER (WHERE hour >= :recent), 0)::bigint,
                       coalesce(bool_or(ours >= sessions * :adopted) FILTER (WHERE hour < :recent AND ours > 0), false)
                FROM (SELECT hour, sum(sessions) AS sessions,
                             coalesce(sum(sessions) FILTER (WHERE release = :release), 0) AS ours
                      FROM session_hours WHERE project_id = :project AND hour >= :month %s
                      GROUP BY hour) AS hours
                """.formatted(SessionQueries.in(environments));
        return jdbc.sql(sql)
                .param("project", projectId)
                .param("release", release)
                .param("environments", SessionQueries.array(environments))
                .param("adopted", ADOPTED)
                .param("day", day(now).atOffset(ZoneOffset.UTC))
                .param("recent", hours(now, 6).atOffset(ZoneOffset.UTC))
                .param("month", month(now).atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Adoption(
                        share(row.getLong(1), row.getLong(2)),
                        users,
                        stage(share(row.getLong(3), row.getLong(4)), row.getBoolean(5))))
                .single();
    }

    /** The release's share of the users of the day, of the sessions of all kinds. */
    private @Nullable Double users(long projectId, String release, @Nullable Set<String> environments, Instant now) {
        var ours = new DistinctUsers();
        var all = new DistinctUsers();
        jdbc.sql("""
                        SELECT release = :release, users FROM session_users
                        WHERE project_id = :project AND hour >= :day AND kind = :kind %s
                        """.formatted(SessionQueries.in(environments)))
                .param("project", projectId)
                .param("release", release)
                .param("environments", SessionQueries.array(environments))
                .param("day", day(now).atOffset(ZoneOffset.UTC))
                .param("kind", UserKind.ALL.wireName())
                .query(row -> {
                    DistinctUsers some = DistinctUsers.ofBytes(row.getBytes(2));
                    all.add(some);
                    if (row.getBoolean(1)) {
                        ours.add(some);
                    }
                });
        return share(ours.count(), all.count());
    }

    private static Adoption.@Nullable Stage stage(@Nullable Double share, boolean wasAdopted) {
        if (share == null) {
            return null;
        }
        if (share >= ADOPTED) {
            return Adoption.Stage.ADOPTED;
        }
        return wasAdopted ? Adoption.Stage.REPLACED : Adoption.Stage.LOW_ADOPTION;
    }
}
