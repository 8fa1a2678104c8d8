package dev.resentry.storage.rollup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes roll-ups again from the rows of {@code events}. It holds the lock that a batch takes before it inserts events, so it loses
 * nothing of batches that are stored beside it, and they wait for it. Over unchanged events it gives the rows that are there.
 *
 * <p>What retention has removed is not counted again: of an issue, or a project with such an issue, hours in front of the
 * oldest kept day of arrival stay as they are; users and tags are never fewer than before.
 */
public final class RollupRebuild {
    private static final InstantSource CLOCK = InstantSource.system();

    /** Bounds how long the batches of a project wait. */
    private static final Duration SLICE = Duration.ofDays(1);

    private static final String OLDEST_DAY = """
            SELECT min(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD'))::timestamp AT TIME ZONE 'UTC'
            FROM pg_inherits WHERE inhparent = 'events'::regclass
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public RollupRebuild(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Makes all again that is counted of an issue: its hours, users and tags, and on its own row how many events it has, when and
     * in which releases they happened. One transaction; takes time and holds the issue's lock in proportion to its events.
     *
     * @return false if there is no such issue
     */
    public boolean rebuildIssue(long issueId) {
        return inTransaction(connection -> IssueRebuild.run(connection, issueId));
    }

    /**
     * Makes a project's counts by minute and hour again, of all hours that the time touches. A transaction for each day.
     *
     * @return false if there is no such project
     */
    public boolean rebuildProject(long projectId, Instant from, Instant to) {
        Instant end = to.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        Instant minutesFrom = Resolution.MINUTE.keptFrom(CLOCK.instant());
        Instant begin = from.truncatedTo(ChronoUnit.HOURS);
        while (begin.isBefore(end)) {
            Instant next = begin.plus(SLICE);
            var slice = new ProjectRebuild(projectId, begin, next.isBefore(end) ? next : end, minutesFrom);
            if (!inTransaction(slice::run)) {
                return false;
            }
            begin = next;
        }
        return true;
    }

    /**
     * Makes the counts of a project's transactions again, of all hours that the time touches. A transaction for each hour.
     *
     * @return false if there is no such project
     */
    public boolean rebuildTransactions(long projectId, Instant from, Instant to) {
        Instant minutesFrom = Resolution.MINUTE.keptFrom(CLOCK.instant());
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
                !hour.isAfter(to);
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            if (!inTransaction(new TransactionRebuild(projectId, hour, minutesFrom)::run)) {
                return false;
            }
        }
        return true;
    }

    /**
     * From which hour on the rows of all events are there, whatever has expired.
     *
     * @return empty if no row of any is
     */
    public static Optional<Instant> completeFrom(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OLDEST_DAY)) {
            row.next();
            // The clock of an event may be a minute ahead of its arrival, so the first hour may miss some.
            return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                    .map(day -> day.toInstant().plus(1, ChronoUnit.HOURS));
        }
    }

    private boolean inTransaction(ConnectionCallback<Boolean> rebuild) {
        return Boolean.TRUE.equals(transaction.execute(_ -> jdbc.execute(rebuild)));
    }
}
