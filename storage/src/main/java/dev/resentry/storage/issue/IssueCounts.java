package dev.resentry.storage.issue;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is counted on the rows of issues themselves, in one statement: a row of theirs stands in many indexes, each of which a change
 * costs an entry. Whoever writes it holds the locks of the issues.
 */
public final class IssueCounts {
    private static final String FIRST_CHANGES = """
            seen.first_release IS NOT NULL AND (i.first_release IS NULL
                OR (seen.first_release_at, seen.first_release COLLATE "C")
                   < (coalesce(i.first_release_at, i.first_seen), i.first_release COLLATE "C"))""";

    private static final String LAST_CHANGES = """
            seen.last_release IS NOT NULL AND (i.last_release IS NULL
                OR (seen.last_release_at, seen.last_release COLLATE "C")
                   > (coalesce(i.last_release_at, i.last_seen), i.last_release COLLATE "C"))""";

    /**
     * Seen times and releases depend on the events alone, not on the order in which they are stored. An earlier version wrote
     * releases without their times; then the issue's own stand for them.
     */
    private static final String WRITE = """
            UPDATE issues i
            SET event_count      = i.event_count + seen.event_count,
                first_release    = CASE WHEN %1$s THEN seen.first_release ELSE i.first_release END,
                first_release_at = CASE WHEN %1$s THEN seen.first_release_at ELSE i.first_release_at END,
                last_release     = CASE WHEN %2$s THEN seen.last_release ELSE i.last_release END,
                last_release_at  = CASE WHEN %2$s THEN seen.last_release_at ELSE i.last_release_at END,
                first_seen       = least(i.first_seen, seen.first_seen),
                last_seen        = greatest(i.last_seen, seen.last_seen),
                is_unhandled     = i.is_unhandled OR seen.is_unhandled,
                users_affected   = coalesce(seen.users_affected, i.users_affected)
            FROM (SELECT id, event_count, %3$s AS first_seen, %4$s AS last_seen, first_release, %5$s AS first_release_at,
                         last_release, %6$s AS last_release_at, is_unhandled, users_affected
                  FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                      AS new(id, event_count, first_seen, last_seen, first_release, first_release_at, last_release,
                             last_release_at, is_unhandled, users_affected)) AS seen
            WHERE i.id = seen.id
            """.formatted(
                    FIRST_CHANGES,
                    LAST_CHANGES,
                    instant("first_seen"),
                    instant("last_seen"),
                    instant("first_release_at"),
                    instant("last_release_at"));

    private final Map<Long, Change> issues = new TreeMap<>();

    private static final class Change {
        private final long id;
        private @Nullable IssueUpdate events;
        private @Nullable Long users;

        Change(long id) {
            this.id = id;
        }
    }

    /** Counts the events of a hash; an issue can have several. */
    void add(long id, IssueUpdate update) {
        Change change = change(id);
        change.events = change.events == null ? update : change.events.plus(update);
    }

    /** Notes how many users an issue has now. */
    public void putUsers(long id, long users) {
        change(id).users = users;
    }

    private Change change(long id) {
        return issues.computeIfAbsent(id, Change::new);
    }

    /** Adds to the rows; once. */
    public void write(Connection connection) throws SQLException {
        if (issues.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, List.copyOf(issues.values()));
        try (PreparedStatement update = connection.prepareStatement(WRITE)) {
            update.setArray(1, rows.longs(row -> row.id));
            update.setArray(2, rows.longs(row -> row.events == null ? 0 : row.events.count()));
            update.setArray(3, rows.micros(row -> row.events == null ? null : row.events.firstSeen()));
            update.setArray(4, rows.micros(row -> row.events == null ? null : row.events.lastSeen()));
            update.setArray(5, rows.texts(row -> row.events == null ? null : row.events.firstRelease()));
            update.setArray(6, rows.micros(row -> row.events == null ? null : row.events.firstReleaseAt()));
            update.setArray(7, rows.texts(row -> row.events == null ? null : row.events.lastRelease()));
            update.setArray(8, rows.micros(row -> row.events == null ? null : row.events.lastReleaseAt()));
            update.setArray(9, unhandled(connection));
            update.setArray(10, rows.nullableLongs(row -> row.users));
            update.executeUpdate();
        }
    }

    private Array unhandled(Connection connection) throws SQLException {
        return connection.createArrayOf(
                "bool",
                issues.values().stream()
                        .map(row -> row.events != null && row.events.isUnhandled())
                        .toArray(Boolean[]::new));
    }
}
