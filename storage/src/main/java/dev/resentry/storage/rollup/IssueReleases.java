package dev.resentry.storage.rollup;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events and users of issues by release and environment, and when they happened. Events without a release count nowhere. The rows of
 * an issue are written under the lock of its own.
 */
final class IssueReleases implements Rollup {
    private static final String FIND_USERS = """
            SELECT wanted.number, t.users
            FROM unnest(?, ?, ?) WITH ORDINALITY AS wanted(issue_id, release, environment, number)
            JOIN issue_releases t ON t.issue_id = wanted.issue_id AND t.release = wanted.release
                                 AND t.environment = wanted.environment
            WHERE t.users IS NOT NULL
            """;

    private static final String ADD = """
            INSERT INTO issue_releases AS t (issue_id, release, environment, project_id, events, first_seen, last_seen, users)
            SELECT issue_id, release, environment, project_id, events, %s, %s, users
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
                AS new(issue_id, release, environment, project_id, events, first_seen, last_seen, users)
            ON CONFLICT (issue_id, release, environment) DO UPDATE
            SET events = t.events + excluded.events, first_seen = least(t.first_seen, excluded.first_seen),
                last_seen = greatest(t.last_seen, excluded.last_seen), users = coalesce(excluded.users, t.users)
            """.formatted(instant("first_seen"), instant("last_seen"));

    private final Map<Key, Count> counts = new HashMap<>();

    private record Key(long issueId, String release, String environment) {}

    private static final class Count {
        private final Key key;
        private final long projectId;
        private long events;
        private Instant firstSeen;
        private Instant lastSeen;
        private final CountedUsers users = new CountedUsers();

        Count(Key key, CountedEvent first) {
            this.key = key;
            this.projectId = first.projectId();
            this.firstSeen = first.occurredAt();
            this.lastSeen = first.occurredAt();
        }

        void add(CountedEvent event) {
            Instant at = event.occurredAt();
            events++;
            firstSeen = at.isBefore(firstSeen) ? at : firstSeen;
            lastSeen = at.isAfter(lastSeen) ? at : lastSeen;
            users.add(event.userHash());
        }
    }

    @Override
    public void add(CountedEvent event) {
        if (event.release() != null) {
            var key = new Key(event.issueId(), event.release(), event.environment());
            counts.computeIfAbsent(key, _ -> new Count(key, event)).add(event);
        }
    }

    @Override
    public void write(Connection connection) throws SQLException {
        if (counts.isEmpty()) {
            return;
        }
        List<Count> sorted = counts.values().stream()
                .sorted(Comparator.comparingLong(row -> row.key.issueId()))
                .toList();
        mergeUsers(
                connection,
                sorted.stream().filter(count -> !count.users.isEmpty()).toList());
        var rows = new ColumnArrays<>(connection, sorted);
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            bindKeys(add, rows);
            add.setArray(4, rows.longs(count -> count.projectId));
            add.setArray(5, rows.longs(count -> count.events));
            add.setArray(6, rows.micros(count -> count.firstSeen));
            add.setArray(7, rows.micros(count -> count.lastSeen));
            add.setArray(8, rows.bytes(count -> count.users.changed()));
            add.executeUpdate();
        }
    }

    private static void mergeUsers(Connection connection, List<Count> withUsers) throws SQLException {
        if (withUsers.isEmpty()) {
            return;
        }
        try (PreparedStatement find = connection.prepareStatement(FIND_USERS)) {
            bindKeys(find, new ColumnArrays<>(connection, withUsers));
            CountedUsers.merge(
                    find, withUsers.stream().map(count -> count.users).toList());
        }
    }

    private static void bindKeys(PreparedStatement statement, ColumnArrays<Count> rows) throws SQLException {
        statement.setArray(1, rows.longs(count -> count.key.issueId()));
        statement.setArray(2, rows.texts(count -> count.key.release()));
        statement.setArray(3, rows.texts(count -> count.key.environment()));
    }
}
