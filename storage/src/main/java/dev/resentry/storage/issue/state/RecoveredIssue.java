package dev.resentry.storage.issue.state;

import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.IssueTransitions;
import dev.resentry.storage.issue.IssueStateColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The issue of something that was down and is up again. */
public final class RecoveredIssue {
    private static final String OF_EVENT = """
            SELECT i.id, %s
            FROM event_identities d
            JOIN events e ON e.received_at = d.received_at AND e.project_id = d.project_id AND e.event_id = d.event_id
            JOIN issues i ON i.id = e.issue_id
            WHERE d.project_id = :project AND d.event_id = :event
            FOR NO KEY UPDATE OF i
            """.formatted(IssueStateColumns.READ);

    private RecoveredIssue() {}

    private record Found(long id, IssueState state) {}

    /**
     * Resolves the issue of an event in the transaction of the connection. One that is resolved or ignored stays so.
     *
     * @return false if the event is of no issue yet
     */
    public static boolean resolve(Connection connection, long project, EventId event, Instant now) throws SQLException {
        Optional<Found> issue = JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql(OF_EVENT)
                .param("project", project)
                .param("event", event.value())
                .query((row, _) -> new Found(row.getLong("id"), IssueStateColumns.read(row)))
                .optional();
        if (issue.isEmpty()) {
            return false;
        }
        Found found = issue.get();
        StateChanges.write(
                connection,
                IssueTransitions.afterRecovery(found.state(), now).stream()
                        .map(change -> new ChangedState(found.id(), found.state(), change))
                        .toList());
        return true;
    }
}
