package dev.resentry.storage.rollup;

import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.issue.IssueCounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Users of issues; how many they are is counted on the issue too, because lists show that. The rows of an issue are written under the
 * lock of its own.
 */
final class IssueUsers implements Rollup {
    private static final String FIND = "SELECT issue_id, users FROM issue_users WHERE issue_id = ANY (?)";

    private static final String PUT = """
            INSERT INTO issue_users (issue_id, project_id, users)
            SELECT * FROM unnest(?, ?, ?)
            ON CONFLICT (issue_id) DO UPDATE SET users = excluded.users
            """;

    private final Map<Long, Users> issues = new TreeMap<>();
    private final IssueCounts counts;

    /** @param counts takes how many users the issues have */
    IssueUsers(IssueCounts counts) {
        this.counts = counts;
    }

    private record Users(long issueId, long projectId, DistinctUsers users) {}

    @Override
    public void add(CountedEvent event) {
        if (event.userHash() != null) {
            issues.computeIfAbsent(event.issueId(), id -> new Users(id, event.projectId(), new DistinctUsers()))
                    .users()
                    .add(event.userHash());
        }
    }

    @Override
    public void write(Connection connection) throws SQLException {
        if (issues.isEmpty()) {
            return;
        }
        removeUnchanged(connection);
        if (issues.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, List.copyOf(issues.values()));
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setArray(1, rows.longs(Users::issueId));
            put.setArray(2, rows.longs(Users::projectId));
            put.setArray(3, rows.bytes(row -> row.users().toBytes()));
            put.executeUpdate();
        }
        issues.values()
                .forEach(row -> counts.putUsers(row.issueId(), row.users().count()));
    }

    /** Adds the stored users, and leaves only the issues that have users who are new to them. */
    private void removeUnchanged(Connection connection) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setArray(1, connection.createArrayOf("int8", issues.keySet().toArray(Long[]::new)));
            try (ResultSet stored = find.executeQuery()) {
                while (stored.next()) {
                    long issueId = stored.getLong(1);
                    byte[] before = stored.getBytes(2);
                    issues.computeIfPresent(issueId, (_, row) -> {
                        row.users().add(DistinctUsers.ofBytes(before));
                        return Arrays.equals(before, row.users().toBytes()) ? null : row;
                    });
                }
            }
        }
    }
}
