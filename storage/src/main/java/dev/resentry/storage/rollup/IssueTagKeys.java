package dev.resentry.storage.rollup;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tag keys of some issues, and how many of their values have rows: what decides whether another one gets a row. */
final class IssueTagKeys {
    private static final String FIND = """
            SELECT issue_id, key, project_id, named_values FROM issue_tag_keys WHERE issue_id = ANY (?)
            """;

    private static final String PUT = """
            INSERT INTO issue_tag_keys (issue_id, key, project_id, named_values)
            SELECT * FROM unnest(?, ?, ?, ?)
            ON CONFLICT (issue_id, key) DO UPDATE SET named_values = excluded.named_values
            """;

    private final Map<Long, Map<String, Key>> issues = new HashMap<>();

    private IssueTagKeys() {}

    /** What becomes of a value that has no row. */
    enum Admission {
        /** It gets a row. */
        NAMED,
        /** Its key has enough of them. */
        OTHER_VALUE,
        /** Its issue has enough keys. */
        UNCOUNTED
    }

    private static final class Key {
        private final long issueId;
        private final String key;
        private final long projectId;
        private int namedValues;
        private boolean changed;

        Key(long issueId, String key, long projectId, int namedValues) {
            this.issueId = issueId;
            this.key = key;
            this.projectId = projectId;
            this.namedValues = namedValues;
        }
    }

    static IssueTagKeys of(Connection connection, Collection<Long> issueIds) throws SQLException {
        var keys = new IssueTagKeys();
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setArray(1, connection.createArrayOf("int8", issueIds.toArray(Long[]::new)));
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    var key = new Key(row.getLong(1), row.getString(2), row.getLong(3), row.getInt(4));
                    keys.ofIssue(key.issueId).put(key.key, key);
                }
            }
        }
        return keys;
    }

    /** Decides about a value that has no row; asked once for each, in the order in which they came. */
    Admission admit(long issueId, String name, long projectId) {
        Map<String, Key> keys = ofIssue(issueId);
        Key key = keys.get(name);
        if (key == null) {
            if (keys.size() >= IssueTags.MAX_KEYS) {
                return Admission.UNCOUNTED;
            }
            key = new Key(issueId, name, projectId, 0);
            keys.put(name, key);
        }
        if (key.namedValues >= IssueTags.MAX_VALUES) {
            return Admission.OTHER_VALUE;
        }
        key.namedValues++;
        key.changed = true;
        return Admission.NAMED;
    }

    void write(Connection connection) throws SQLException {
        // A row that stays as it is would be locked, and written for that.
        List<Key> changed = issues.values().stream()
                .flatMap(keys -> keys.values().stream())
                .filter(key -> key.changed)
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, changed);
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setArray(1, rows.longs(key -> key.issueId));
            put.setArray(2, rows.texts(key -> key.key));
            put.setArray(3, rows.longs(key -> key.projectId));
            put.setArray(4, rows.integers(key -> key.namedValues));
            put.executeUpdate();
        }
    }

    private Map<String, Key> ofIssue(long issueId) {
        return issues.computeIfAbsent(issueId, _ -> new HashMap<>());
    }
}
