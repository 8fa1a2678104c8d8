package dev.resentry.storage.issue;

import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.storage.outbox.EventsOutbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What people change of issues. Each change and what topic {@code events} is told of it are one transaction. */
public final class IssueStore {
    private static final InstantSource CLOCK = InstantSource.system();

    private static final String LOCK = "SELECT status FROM issues WHERE id = ? FOR NO KEY UPDATE";

    private static final String CHANGE = """
            UPDATE issues SET status = ? WHERE id = ?
            RETURNING project_id, title, culprit, level, platform
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public IssueStore(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Changes the status. One that is as wanted already is left alone, and nobody is told.
     *
     * @param by who changes it
     * @return false if there is no such issue
     */
    public boolean changeStatus(long id, String status, String by) {
        return Boolean.TRUE.equals(transaction.execute(
                _ -> jdbc.execute((ConnectionCallback<Boolean>) connection -> change(connection, id, status, by))));
    }

    private static boolean change(Connection connection, long id, String status, String by) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, id);
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                if (row.getString(1).equals(status)) {
                    return true;
                }
            }
        }
        try (PreparedStatement update = connection.prepareStatement(CHANGE)) {
            update.setString(1, status);
            update.setLong(2, id);
            try (ResultSet row = update.executeQuery()) {
                row.next();
                EventsOutbox.append(connection, List.of(told(row, id, status, by)));
            }
        }
        return true;
    }

    private static IssueActivity told(ResultSet row, long id, String status, String by) throws SQLException {
        return new IssueActivity(
                new Origin(
                        UUID.randomUUID(),
                        Cause.LIVE,
                        new ProjectId(row.getLong("project_id")),
                        CLOCK.instant().truncatedTo(ChronoUnit.MICROS)),
                IssueActivity.Kind.CHANGED,
                id,
                row.getString("title"),
                row.getString("culprit"),
                row.getString("level"),
                row.getString("platform"),
                status,
                null,
                by);
    }
}
