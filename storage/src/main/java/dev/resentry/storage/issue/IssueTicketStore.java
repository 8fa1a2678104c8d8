package dev.resentry.storage.issue;

import dev.resentry.model.repository.WebAddress;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tickets that people keep of issues. A ticket, its place in the activity of the issue and what is told of it are one transaction. An
 * issue that others were merged into may have an address more than once; it counts as one.
 */
public final class IssueTicketStore {
    /** How many an issue has at most. */
    public static final int MOST = 50;

    private static final String COLUMNS = "id, url, created_at, actor_id, actor_name";

    /** Nothing of the issue itself changes, but what is shown of it. */
    private static final String TOUCH = "UPDATE issues SET status = status WHERE id = ANY (:ids) RETURNING ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final IssueNotes notes;

    public IssueTicketStore(DataSource dataSource, PlatformTransactionManager transactions) {
        var template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.notes = new IssueNotes(template);
    }

    /** What became of a wish to keep a ticket. */
    public sealed interface Kept {
        /** It is there, and may have been before. */
        record There(IssueTicket ticket) implements Kept {}

        /** The issue is gone. */
        record NoIssue() implements Kept {}

        /** The issue has {@link #MOST} already. */
        record TooMany() implements Kept {}
    }

    /** The tickets of an issue, the first first. */
    public List<IssueTicket> of(long issueId) {
        return jdbc.sql("""
                        SELECT %1$s
                        FROM (SELECT DISTINCT ON (url) %1$s FROM issue_tickets WHERE issue_id = :issue ORDER BY url, id) AS kept
                        ORDER BY id
                        """.formatted(COLUMNS))
                .param("issue", issueId)
                .query((row, _) -> read(row))
                .list();
    }

    /** Keeps a ticket; one that the issue has already stays as it is. */
    public Kept add(long issueId, WebAddress address, Author by) {
        return transaction.execute(_ -> {
            if (!lock(issueId)) {
                return new Kept.NoIssue();
            }
            List<IssueTicket> there = of(issueId);
            Optional<IssueTicket> same = there.stream()
                    .filter(ticket -> ticket.url().equals(address.text()))
                    .findFirst();
            if (same.isPresent()) {
                return new Kept.There(same.get());
            }
            if (there.size() >= MOST) {
                return new Kept.TooMany();
            }
            IssueTicket ticket = jdbc.sql("""
                            INSERT INTO issue_tickets (issue_id, project_id, url, created_at, actor_id, actor_name)
                            SELECT id, project_id, :url, clock_timestamp(), :actor, :name FROM issues WHERE id = :issue
                            RETURNING\s""" + COLUMNS)
                    .param("issue", issueId)
                    .param("url", address.text())
                    .param("actor", by.userId())
                    .param("name", by.shownName())
                    .query((row, _) -> read(row))
                    .single();
            note(issueId, null, ticket.url(), by);
            return new Kept.There(ticket);
        });
    }

    /** Removes a ticket; false if it is not there. */
    public boolean remove(long issueId, long id, Author by) {
        return transaction.execute(_ -> {
            lock(issueId);
            List<String> gone = jdbc.sql("""
                            DELETE FROM issue_tickets
                            WHERE issue_id = :issue
                              AND url = (SELECT t.url FROM issue_tickets t WHERE t.id = :id AND t.issue_id = :issue)
                            RETURNING url
                            """)
                    .param("issue", issueId)
                    .param("id", id)
                    .query((row, _) -> row.getString("url"))
                    .list();
            if (!gone.isEmpty()) {
                note(issueId, gone.getFirst(), null, by);
            }
            return !gone.isEmpty();
        });
    }

    private boolean lock(long issueId) {
        return jdbc.sql("SELECT id FROM issues WHERE id = :issue FOR NO KEY UPDATE")
                .param("issue", issueId)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    private void note(long issueId, @Nullable String from, @Nullable String to, Author by) {
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("from", from);
        change.put("to", to);
        notes.write(TOUCH, null, Map.of(issueId, change), "ticket", IssueActivity.Kind.CHANGED, Cause.LIVE, by);
    }

    private static IssueTicket read(ResultSet row) throws SQLException {
        return new IssueTicket(
                row.getLong("id"),
                row.getString("url"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("actor_id"),
                row.getString("actor_name"));
    }
}
