package dev.resentry.storage.rollup;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events and users of issues by hour, environment and level. The rows of an issue are written under the lock of its own. */
final class IssueHours implements Rollup {
    private static final String FIND_USERS = """
            SELECT wanted.number, t.users
            FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS wanted(issue_id, hour, environment, level, number)
            JOIN issue_hours t ON t.issue_id = wanted.issue_id AND t.hour = %s
                              AND t.environment = wanted.environment AND t.level = wanted.level
            WHERE t.users IS NOT NULL
            """.formatted(instant("wanted.hour"));

    private static final String ADD = """
            INSERT INTO issue_hours AS t (issue_id, hour, environment, level, project_id, events, users)
            SELECT issue_id, %s, environment, level, project_id, events, users
            FROM unnest(?, ?, ?, ?, ?, ?, ?) AS new(issue_id, hour, environment, level, project_id, events, users)
            ON CONFLICT (issue_id, hour, environment, level) DO UPDATE
            SET events = t.events + excluded.events, users = coalesce(excluded.users, t.users)
            """.formatted(instant("hour"));

    private final Map<Key, Hour> hours = new HashMap<>();

    private record Key(long issueId, Instant hour, String environment, String level) {}

    private static final class Hour {
        private final Key key;
        private final long projectId;
        private long events;
        private final CountedUsers users = new CountedUsers();

        Hour(Key key, long projectId) {
            this.key = key;
            this.projectId = projectId;
        }
    }

    @Override
    public void add(CountedEvent event) {
        var key = new Key(
                event.issueId(), event.occurredAt().truncatedTo(ChronoUnit.HOURS), event.environment(), event.level());
        Hour hour = hours.computeIfAbsent(key, _ -> new Hour(key, event.projectId()));
        hour.events++;
        hour.users.add(event.userHash());
    }

    @Override
    public void write(Connection connection) throws SQLException {
        if (hours.isEmpty()) {
            return;
        }
        List<Hour> sorted = hours.values().stream()
                .sorted(Comparator.comparingLong(row -> row.key.issueId()))
                .toList();
        mergeUsers(
                connection,
                sorted.stream().filter(hour -> !hour.users.isEmpty()).toList());
        var rows = new ColumnArrays<>(connection, sorted);
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            bindKeys(add, rows);
            add.setArray(5, rows.longs(hour -> hour.projectId));
            add.setArray(6, rows.longs(hour -> hour.events));
            add.setArray(7, rows.bytes(hour -> hour.users.changed()));
            add.executeUpdate();
        }
    }

    private static void mergeUsers(Connection connection, List<Hour> withUsers) throws SQLException {
        if (withUsers.isEmpty()) {
            return;
        }
        try (PreparedStatement find = connection.prepareStatement(FIND_USERS)) {
            bindKeys(find, new ColumnArrays<>(connection, withUsers));
            CountedUsers.merge(find, withUsers.stream().map(hour -> hour.users).toList());
        }
    }

    private static void bindKeys(PreparedStatement statement, ColumnArrays<Hour> rows) throws SQLException {
        statement.setArray(1, rows.longs(hour -> hour.key.issueId()));
        statement.setArray(2, rows.micros(hour -> hour.key.hour()));
        statement.setArray(3, rows.texts(hour -> hour.key.environment()));
        statement.setArray(4, rows.texts(hour -> hour.key.level()));
    }
}
