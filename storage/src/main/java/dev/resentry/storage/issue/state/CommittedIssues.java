package dev.resentry.storage.issue.state;

import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.IssueTransitions;
import dev.resentry.storage.issue.IssueStateColumns;
import dev.resentry.storage.issue.ProjectReleases;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Issues that are resolved in a commit which releases of their projects have by now. */
final class CommittedIssues {
    private static final String RELEASED = """
            SELECT i.id, i.project_id, released.versions, %1$s
            FROM issues i
            CROSS JOIN LATERAL (
                SELECT array_agg(r.version) AS versions FROM %2$s WHERE r.project_id = i.project_id) AS released
            WHERE i.state_details -> 'in_commit' IS NOT NULL AND released.versions IS NOT NULL
            ORDER BY i.id LIMIT :limit
            FOR NO KEY UPDATE OF i SKIP LOCKED
            """.formatted(
            IssueStateColumns.READ,
            ProjectReleases.withCommit(
                    "i.state_details #>> '{in_commit,commit}'", "i.state_details #>> '{in_commit,repository}'"));

    private CommittedIssues() {}

    private record Released(long id, long project, Collection<String> versions, IssueState state) {}

    /** What becomes of some of them, which the caller's transaction locks. */
    static List<ChangedState> changes(Connection connection, Instant now, int limit) throws SQLException {
        List<Released> issues = JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql(RELEASED)
                .param("limit", limit)
                .query((row, _) -> released(row))
                .list();
        Map<Long, Set<String>> mentioned = new HashMap<>();
        issues.forEach(issue ->
                mentioned.computeIfAbsent(issue.project(), _ -> new HashSet<>()).addAll(issue.versions()));
        ProjectReleases releases = ProjectReleases.read(connection, mentioned, now);
        List<ChangedState> changes = new ArrayList<>();
        for (Released issue : issues) {
            String first = Collections.min(issue.versions(), releases.order(issue.project()));
            IssueTransitions.afterRelease(issue.state(), first, now)
                    .ifPresent(change -> changes.add(new ChangedState(issue.id(), issue.state(), change)));
        }
        return changes;
    }

    private static Released released(ResultSet row) throws SQLException {
        Array versions = row.getArray("versions");
        return new Released(
                row.getLong("id"),
                row.getLong("project_id"),
                List.of((String[]) versions.getArray()),
                IssueStateColumns.read(row));
    }
}
