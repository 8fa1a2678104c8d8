package dev.resentry.storage.alert;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.issue.ProjectReleases;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what happened to the issues of a project, to tell what a rule would have done then. */
public final class AlertPast {
    /** How much earlier than it says a clock may have an event happen before it arrives. */
    private static final Duration CLOCK_DRIFT = Duration.ofMinutes(10);

    private static final String EVENTS = """
            SELECT e.event_id, e.issue_id, e.received_at, e.occurred_at, e.level, e.platform, e.title, e.culprit, e.release,
                   e.environment, e.user_hash, %s AS tags
            FROM events e
            WHERE e.issue_id = :issue AND e.received_at >= :from AND e.received_at < :to
            ORDER BY e.received_at %s, e.event_id %2$s
            LIMIT :limit
            """;

    /** The last hours of a window before and in each hour; what is in no such window with enough events reaches nothing. */
    private static final String REACHABLE = """
            WITH hours AS (
                SELECT h.issue_id, h.hour, sum(h.events) AS events
                FROM issues i JOIN issue_hours h ON h.issue_id = i.id AND h.hour >= :from::timestamptz - :hours * interval '1 hour' AND h.hour < :to
                WHERE i.project_id = :project AND i.last_seen >= :from AND i.event_count >= :least
                  AND (:environment::text IS NULL OR h.environment = :environment::text)
                GROUP BY h.issue_id, h.hour),
            windows AS (
                SELECT issue_id, hour,
                       sum(events) OVER (PARTITION BY issue_id ORDER BY hour
                                         RANGE BETWEEN :hours * interval '1 hour' PRECEDING AND CURRENT ROW) AS most
                FROM hours)
            SELECT issue_id, min(hour), max(hour) FROM windows WHERE most >= :least AND hour >= :from GROUP BY issue_id
            """;

    private static final String CHANGES = """
            SELECT a.issue_id, a.kind, a.at
            FROM issue_activities a
            WHERE a.project_id = :project AND a.at >= :from AND a.at < :to
              AND a.kind IN ('regression', 'unignored', 'escalating')
            ORDER BY a.id
            LIMIT :limit
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    public AlertPast(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    /** From the beginning of its first hour to the end of its last one, an issue had enough events. */
    public record Stretch(Instant from, Instant to) {}

    /** The issues that had events since a time, those that had the last ones first. */
    public List<PastIssue> issues(long projectId, Instant from, int limit) {
        return jdbc.sql("""
                        SELECT i.id, i.title, i.culprit, i.level, i.status, i.substatus, i.first_seen, i.last_seen, i.event_count,
                               i.users_affected, u.id AS assignee_id, u.name AS assignee_name,
                               ARRAY(SELECT m.team_id FROM team_members m WHERE m.user_id = u.id) AS teams
                        FROM issues i LEFT JOIN users u ON u.id = i.assignee_id
                        WHERE i.project_id = :project AND i.last_seen >= :from
                        ORDER BY i.last_seen DESC, i.id DESC
                        LIMIT :limit
                        """)
                .param("project", projectId)
                .param("from", utc(from))
                .param("limit", limit)
                .query((row, _) -> issue(row))
                .list();
    }

    /**
     * Where issues had so many events within a window that a threshold may have been reached, by the id of the issue.
     *
     * @param environment the only one that counts, empty for events without one; null for all
     */
    public Map<Long, Stretch> reachable(
            long projectId, Instant from, Instant to, @Nullable String environment, Duration window, long least) {
        // A window that ends in an hour touches as many before it, the last one in part.
        long hours = (window.toMinutes() + 59) / 60;
        Map<Long, Stretch> found = new HashMap<>();
        jdbc.sql(REACHABLE)
                .param("project", projectId)
                .param("from", utc(from.truncatedTo(ChronoUnit.HOURS)))
                .param("to", utc(to))
                .param("environment", environment)
                .param("hours", hours)
                .param("least", least)
                .query(row -> {
                    found.put(row.getLong(1), new Stretch(at(row, 2), at(row, 3).plus(1, ChronoUnit.HOURS)));
                });
        return found;
    }

    /** When issues came back by themselves, the earliest first. */
    public List<PastChange> changes(long projectId, Instant from, Instant to, int limit) {
        return jdbc.sql(CHANGES)
                .param("project", projectId)
                .param("from", utc(from))
                .param("to", utc(to))
                .param("limit", limit)
                .query((row, _) -> new PastChange(
                        row.getLong(1), PastChange.Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)), at(row, 3)))
                .list();
    }

    /**
     * The events of an issue that arrived in some time, the earliest first.
     *
     * @param withTags whether tags are wanted, which are most of the work
     */
    public List<PastEvent> events(long issueId, Instant from, Instant to, boolean withTags, int limit) {
        return read(EVENTS.formatted(withTags ? "e.tags::text" : "NULL", "ASC"), issueId, from, to, limit);
    }

    /** The event that made an issue which was first seen then; empty if it is not kept any more. */
    public Optional<PastEvent> first(long issueId, Instant firstSeen, Instant to) {
        return read(EVENTS.formatted("e.tags::text", "ASC"), issueId, firstSeen.minus(CLOCK_DRIFT), to, 1).stream()
                .findFirst();
    }

    /** The last event of an issue that arrived before a time, within a day. */
    public Optional<PastEvent> before(long issueId, Instant at) {
        return read(EVENTS.formatted("e.tags::text", "DESC"), issueId, at.minus(Duration.ofDays(1)), at, 1).stream()
                .findFirst();
    }

    /** How many events happened to an issue from an hour on. */
    public long countSince(long issueId, Instant hour) {
        return jdbc.sql("SELECT coalesce(sum(events), 0) FROM issue_hours WHERE issue_id = :issue AND hour >= :hour")
                .param("issue", issueId)
                .param("hour", utc(hour))
                .query(Long.class)
                .single();
    }

    /** The newest release of a project as it is now. */
    public Optional<String> newestRelease(long projectId) {
        return Optional.ofNullable(template.execute((ConnectionCallback<Map<Long, String>>)
                        connection -> ProjectReleases.newest(connection, Set.of(projectId))))
                .map(newest -> newest.get(projectId));
    }

    private List<PastEvent> read(String sql, long issueId, Instant from, Instant to, int limit) {
        return jdbc.sql(sql)
                .param("issue", issueId)
                .param("from", utc(from))
                .param("to", utc(to))
                .param("limit", limit)
                .query((row, _) -> event(row))
                .list();
    }

    private static PastEvent event(ResultSet row) throws SQLException {
        String tags = row.getString("tags");
        return new PastEvent(
                new EventId(row.getObject("event_id", UUID.class)),
                row.getLong("issue_id"),
                at(row, 3),
                at(row, 4),
                row.getString("level"),
                row.getString("platform"),
                row.getString("title"),
                row.getString("culprit"),
                row.getString("release"),
                row.getString("environment"),
                row.getObject("user_hash", Long.class),
                tags == null ? Map.of() : tags(tags));
    }

    private static Map<String, String> tags(String json) {
        Map<String, String> tags = new HashMap<>();
        UntrustedJson.STORED.tree(json).forEachEntry((key, value) -> tags.put(key, value.asString("")));
        return tags;
    }

    private static PastIssue issue(ResultSet row) throws SQLException {
        Array teams = row.getArray("teams");
        return new PastIssue(
                row.getLong("id"),
                row.getString("title"),
                row.getString("culprit"),
                row.getString("level"),
                row.getString("status"),
                row.getString("substatus"),
                row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen", OffsetDateTime.class).toInstant(),
                row.getLong("event_count"),
                row.getLong("users_affected"),
                row.getObject("assignee_id", Long.class),
                row.getString("assignee_name"),
                Set.of((Long[]) teams.getArray()));
    }

    private static Instant at(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
