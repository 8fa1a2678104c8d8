package dev.resentry.storage.alert;

import dev.resentry.storage.rollup.DistinctUsers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * How often issues happened within a window, by the events' own time: whole hours from the roll-ups, parts of hours from the events.
 * Of an hour of which only a part counts, events that came more than an hour late are left out; they fire nothing either.
 */
public final class IssueFrequency {
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Duration LATE = Duration.ofHours(1);
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    /** The first condition is the index, the second the window. */
    private static final String ROWS = """
            ((received_at >= :first_from AND received_at < :first_until AND occurred_at >= :from AND occurred_at < :first_to)
             OR (received_at >= :last_from AND received_at < :last_until AND occurred_at >= :last_begin AND occurred_at < :to))
            AND (:environment::text IS NULL OR coalesce(environment, '') = :environment)
            """;

    private static final String HOURS = """
            hour >= :hours_from AND hour < :hours_to AND (:environment::text IS NULL OR environment = :environment)
            """;

    private static final String EVENTS = """
            SELECT (SELECT coalesce(sum(events), 0) FROM issue_hours WHERE issue_id = :issue AND %s)::bigint
                   + (SELECT count(*) FROM events WHERE issue_id = :issue AND %s)
            """.formatted(HOURS, ROWS);

    private static final String USERS_OF_HOURS =
            "SELECT users FROM issue_hours WHERE issue_id = :issue AND users IS NOT NULL AND " + HOURS;

    private static final String USERS_OF_ROWS = """
            SELECT DISTINCT user_hash FROM events WHERE issue_id = :issue AND user_hash IS NOT NULL AND %s
            """.formatted(ROWS);

    private static final String OF_PROJECT = """
            SELECT issue_id, sum(events)::bigint AS events
            FROM (SELECT issue_id, events FROM issue_hours WHERE project_id = :project AND %s
                  UNION ALL
                  SELECT issue_id, 1 FROM events WHERE project_id = :project AND %s) AS counted
            GROUP BY issue_id
            ORDER BY events DESC, issue_id
            LIMIT :issues
            """.formatted(HOURS, ROWS);

    private final JdbcClient jdbc;

    public IssueFrequency(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many events an issue had.
     *
     * @param environment null for all, empty for events without one
     * @param to null for no end
     */
    public long events(long issueId, @Nullable String environment, Instant from, @Nullable Instant to) {
        return parameters(EVENTS, environment, from, to)
                .param("issue", issueId)
                .query(Long.class)
                .single();
    }

    /** How many users an issue had; exact up to 256. */
    public long users(long issueId, @Nullable String environment, Instant from, @Nullable Instant to) {
        var users = new DistinctUsers();
        parameters(USERS_OF_HOURS, environment, from, to)
                .param("issue", issueId)
                .query(row -> {
                    users.add(DistinctUsers.ofBytes(row.getBytes(1)));
                });
        parameters(USERS_OF_ROWS, environment, from, to).param("issue", issueId).query(row -> {
            users.add(row.getLong(1));
        });
        return users.count();
    }

    /** The events of each issue of a project, of those that had most. */
    public Map<Long, Long> ofProject(
            long projectId, @Nullable String environment, Instant from, @Nullable Instant to, int issues) {
        Map<Long, Long> events = new HashMap<>();
        parameters(OF_PROJECT, environment, from, to)
                .param("project", projectId)
                .param("issues", issues)
                .query(row -> {
                    events.put(row.getLong(1), row.getLong(2));
                });
        return events;
    }

    private StatementSpec parameters(String sql, @Nullable String environment, Instant from, @Nullable Instant to) {
        Instant end = to == null ? NEVER : to;
        Instant begin = from.truncatedTo(ChronoUnit.HOURS);
        Instant hoursFrom = begin.equals(from) ? from : begin.plus(1, ChronoUnit.HOURS);
        Instant hoursTo = end.truncatedTo(ChronoUnit.HOURS);
        Instant firstTo = hoursFrom.isBefore(end) ? hoursFrom : end;
        Instant lastBegin = hoursTo.isAfter(firstTo) ? hoursTo : firstTo;
        return jdbc.sql(sql)
                .param("environment", environment)
                .param("from", at(from))
                .param("to", at(end))
                .param("hours_from", at(hoursFrom))
                .param("hours_to", at(hoursTo))
                .param("first_to", at(firstTo))
                .param("first_from", at(from.minus(AHEAD)))
                .param("first_until", at(firstTo.plus(LATE)))
                .param("last_begin", at(lastBegin))
                .param("last_from", at(lastBegin.minus(AHEAD)))
                .param("last_until", at(end.plus(LATE)));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
