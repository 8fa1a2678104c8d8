package dev.resentry.storage.rollup;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.issue.IssueCounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the events of one issue again, by the same {@link Rollup}s as when they came. */
final class IssueRebuild {
    private static final int EVENTS_AT_ONCE = 5_000;

    private static final String LOCK = """
            SELECT project_id, expired_event_count > 0 FROM issues WHERE id = ? FOR UPDATE
            """;

    /** In the order in which they came, which decides about the tag values that have rows. */
    private static final String EVENTS = """
            SELECT occurred_at, coalesce(environment, ''), level, release, user_hash, tags::text
            FROM events WHERE issue_id = ?
            ORDER BY received_at, event_id
            """;

    /** A day of which all payloads are kept needs no row. */
    private static final String DAYS = """
            INSERT INTO issue_days (issue_id, project_id, day, payloads, only_counted)
            SELECT issue_id, project_id, (received_at AT TIME ZONE 'UTC')::date, count(*) FILTER (WHERE payload_kept),
                   count(*) FILTER (WHERE NOT payload_kept)
            FROM events WHERE issue_id = ?
            GROUP BY 1, 2, 3 HAVING bool_or(NOT payload_kept)
            """;

    private final Connection connection;
    private final long issueId;
    private final long projectId;
    private final boolean expired;
    private final Instant hoursFrom;

    private IssueRebuild(Connection connection, long issueId, long projectId, boolean expired) throws SQLException {
        this.connection = connection;
        this.issueId = issueId;
        this.projectId = projectId;
        this.expired = expired;
        this.hoursFrom = expired
                ? RollupRebuild.completeFrom(connection).orElse(Instant.parse("9999-01-01T00:00:00Z"))
                : Instant.EPOCH;
    }

    /** Returns false if there is no such issue. */
    static boolean run(Connection connection, long issueId) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, issueId);
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                new IssueRebuild(connection, issueId, row.getLong(1), row.getBoolean(2)).run();
                return true;
            }
        }
    }

    private void run() throws SQLException {
        var tags = new IssueTagsRebuild(connection, issueId, expired);
        tags.begin();
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM issue_hours WHERE issue_id = ? AND hour >= ?")) {
            delete.setLong(1, issueId);
            delete.setObject(2, hoursFrom.atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
        }
        // What has expired stays, with the time and the users that it had a part in.
        execute("DELETE FROM issue_releases WHERE issue_id = ? AND expired_events = 0");
        execute("UPDATE issue_releases SET events = expired_events WHERE issue_id = ?");
        execute("DELETE FROM issue_days WHERE issue_id = ?");
        execute(DAYS);
        if (!expired) {
            execute("DELETE FROM issue_users WHERE issue_id = ?");
            execute("UPDATE issues SET users_affected = 0 WHERE id = ?");
        }
        var totals = new IssueTotals();
        count(totals);
        tags.finish();
        totals.write(connection, issueId, expired);
    }

    private void count(IssueTotals totals) throws SQLException {
        List<CountedEvent> events = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(EVENTS)) {
            select.setFetchSize(EVENTS_AT_ONCE / 5);
            select.setLong(1, issueId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    CountedEvent event = event(row);
                    totals.add(event);
                    events.add(event);
                    if (events.size() == EVENTS_AT_ONCE) {
                        write(events);
                        events.clear();
                    }
                }
            }
        }
        write(events);
    }

    private CountedEvent event(ResultSet row) throws SQLException {
        return new CountedEvent(
                projectId,
                issueId,
                row.getObject(1, OffsetDateTime.class).toInstant(),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, Long.class),
                tags(row.getString(6)));
    }

    private static Map<String, String> tags(String json) {
        Map<String, String> tags = new LinkedHashMap<>();
        UntrustedJson.STORED
                .tree(json)
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
        return tags;
    }

    private void write(List<CountedEvent> events) throws SQLException {
        var hours = new IssueHours();
        var counts = new IssueCounts();
        var users = new IssueUsers(counts);
        var tags = new IssueTags();
        var releases = new IssueReleases();
        for (CountedEvent event : events) {
            if (!event.occurredAt().truncatedTo(ChronoUnit.HOURS).isBefore(hoursFrom)) {
                hours.add(event);
            }
            users.add(event);
            tags.add(event);
            releases.add(event);
        }
        hours.write(connection);
        users.write(connection);
        counts.write(connection);
        tags.write(connection);
        releases.write(connection);
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, issueId);
            statement.executeUpdate();
        }
    }
}
