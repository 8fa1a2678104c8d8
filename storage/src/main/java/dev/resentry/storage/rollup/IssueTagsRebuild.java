package dev.resentry.storage.rollup;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to the tags of an issue around counting its events again. Where a key has more values than rows, those that have
 * rows keep them: which came first is not known of events that were stored in another order.
 */
final class IssueTagsRebuild {
    private static final String ALL =
            "SELECT key, value, events, last_seen, project_id FROM issue_tags WHERE issue_id = ?";

    /** What remains are the rows of keys that have other values. */
    private static final List<String> BEGIN = List.of(
            """
            DELETE FROM issue_tags t WHERE t.issue_id = ? AND NOT EXISTS (
                SELECT FROM issue_tags o WHERE o.issue_id = t.issue_id AND o.key = t.key AND o.value = '')
            """,
            "UPDATE issue_tags SET events = 0, last_seen = '-infinity' WHERE issue_id = ?",
            "DELETE FROM issue_tag_keys WHERE issue_id = ?",
            """
            INSERT INTO issue_tag_keys (issue_id, key, project_id, named_values)
            SELECT issue_id, key, project_id, %d FROM issue_tags WHERE issue_id = ? AND value = '' AND key <> ''
            """.formatted(IssueTags.MAX_VALUES));

    private static final String KEEP_MORE = """
            INSERT INTO issue_tags AS t (issue_id, key, value, events, last_seen, project_id)
            SELECT ?, key, value, events, %s, project_id
            FROM unnest(?, ?, ?, ?, ?) AS was(key, value, events, last_seen, project_id)
            ON CONFLICT (issue_id, key, value) DO UPDATE
            SET events = greatest(t.events, excluded.events), last_seen = greatest(t.last_seen, excluded.last_seen)
            """.formatted(instant("last_seen"));

    /** A key is full as long as there are other values; else as many are named as have rows. */
    private static final List<String> FINISH =
            List.of("DELETE FROM issue_tags WHERE issue_id = ? AND events = 0", """
            DELETE FROM issue_tag_keys k WHERE k.issue_id = ? AND NOT EXISTS (
                SELECT FROM issue_tags t WHERE t.issue_id = k.issue_id AND t.key = k.key)
            """, """
            UPDATE issue_tag_keys k SET named_values = (
                SELECT count(*) FROM issue_tags t WHERE t.issue_id = k.issue_id AND t.key = k.key)
            WHERE k.issue_id = ? AND NOT EXISTS (
                SELECT FROM issue_tags t WHERE t.issue_id = k.issue_id AND t.key = k.key AND t.value = '')
            """);

    private final Connection connection;
    private final long issueId;
    private final boolean expired;
    private final List<StoredTag> before = new ArrayList<>();

    IssueTagsRebuild(Connection connection, long issueId, boolean expired) {
        this.connection = connection;
        this.issueId = issueId;
        this.expired = expired;
    }

    private record StoredTag(String key, String value, long events, Instant lastSeen, long projectId) {}

    /** Empties the counts. */
    void begin() throws SQLException {
        if (expired) {
            remember();
        }
        for (String sql : BEGIN) {
            execute(sql);
        }
    }

    /** Leaves out what has no events any more, unless it may be of events that have expired. */
    void finish() throws SQLException {
        if (!before.isEmpty()) {
            keepMore();
        }
        for (String sql : FINISH) {
            execute(sql);
        }
    }

    private void remember() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALL)) {
            select.setLong(1, issueId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    before.add(new StoredTag(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getObject(4, OffsetDateTime.class).toInstant(),
                            row.getLong(5)));
                }
            }
        }
    }

    private void keepMore() throws SQLException {
        var rows = new ColumnArrays<>(connection, before);
        try (PreparedStatement insert = connection.prepareStatement(KEEP_MORE)) {
            insert.setLong(1, issueId);
            insert.setArray(2, rows.texts(StoredTag::key));
            insert.setArray(3, rows.texts(StoredTag::value));
            insert.setArray(4, rows.longs(StoredTag::events));
            insert.setArray(5, rows.micros(StoredTag::lastSeen));
            insert.setArray(6, rows.longs(StoredTag::projectId));
            insert.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, issueId);
            statement.executeUpdate();
        }
    }
}
