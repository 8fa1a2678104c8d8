package dev.resentry.storage.issue;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.storage.Page;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The activity of issues: who did what, and what people say to it. A comment and what is told of it are one transaction. */
public final class IssueActivityStore {
    private static final String COUNT_COMMENT =
            "UPDATE issues SET comment_count = comment_count + :value WHERE id = ANY (:ids) RETURNING ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final IssueNotes notes;

    public IssueActivityStore(DataSource dataSource, PlatformTransactionManager transactions) {
        var template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.notes = new IssueNotes(template);
    }

    /** The text of a comment. */
    private record Comment(String text) {}

    /** Adds a comment to an issue; empty if there is no such issue. */
    public Optional<IssueActivityEntry> comment(long issueId, String text, Author by) {
        return comment(issueId, text, Cause.LIVE, by);
    }

    /** Does the same for a reason of its own, such as an import, of which nobody is told. */
    public Optional<IssueActivityEntry> comment(long issueId, String text, Cause cause, Author by) {
        return transaction.execute(_ -> {
            if (!lock(issueId)) {
                return Optional.<IssueActivityEntry>empty();
            }
            Map<Long, Long> added = notes.write(
                    COUNT_COMMENT,
                    1,
                    Map.of(issueId, new Comment(text)),
                    "comment",
                    IssueActivity.Kind.COMMENTED,
                    cause,
                    by);
            return Optional.ofNullable(added.get(issueId)).flatMap(id -> find(issueId, id));
        });
    }

    /** Changes the text of a comment. */
    public Optional<IssueActivityEntry> editComment(long issueId, long id, String text) {
        jdbc.sql("""
                        UPDATE issue_activities
                        SET data = jsonb_build_object('text', :text::text, 'edited_at',
                                                      to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                        WHERE id = :id AND issue_id = :issue AND kind = 'comment'
                        """)
                .param("text", text)
                .param("id", id)
                .param("issue", issueId)
                .update();
        return find(issueId, id);
    }

    /** Removes a comment; false if it is not there. */
    public boolean deleteComment(long issueId, long id) {
        return transaction.execute(_ -> {
            lock(issueId);
            int removed = jdbc.sql(
                            "DELETE FROM issue_activities WHERE id = :id AND issue_id = :issue AND kind = 'comment'")
                    .param("id", id)
                    .param("issue", issueId)
                    .update();
            if (removed > 0) {
                jdbc.sql("UPDATE issues SET comment_count = comment_count - 1 WHERE id = :issue")
                        .param("issue", issueId)
                        .update();
            }
            return removed > 0;
        });
    }

    private boolean lock(long issueId) {
        return jdbc.sql("SELECT id FROM issues WHERE id = :issue FOR NO KEY UPDATE")
                .param("issue", issueId)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** An entry of an issue's activity. */
    public Optional<IssueActivityEntry> find(long issueId, long id) {
        return activity("AND id = :before", issueId, id, 1).stream().findFirst();
    }

    /** The last change of the status, if it was ever changed. */
    public Optional<IssueActivityEntry> lastStatus(long issueId) {
        return activity(
                        "AND id < :before AND kind IN ('status', 'regression', 'unignored', 'escalating', 'auto_resolved', 'recovered')",
                        issueId,
                        Long.MAX_VALUE,
                        1)
                .stream()
                .findFirst();
    }

    /** What was done with an issue, the last first. */
    public Page<IssueActivityEntry> activity(long issueId, long before, int limit) {
        return Page.ofOneMore(activity("AND id < :before", issueId, before, limit + 1), limit);
    }

    /** The comments on an issue, the last first. */
    public Page<IssueActivityEntry> comments(long issueId, long before, int limit) {
        return Page.ofOneMore(activity("AND id < :before AND kind = 'comment'", issueId, before, limit + 1), limit);
    }

    private List<IssueActivityEntry> activity(String condition, long issueId, long before, int limit) {
        return jdbc.sql("""
                        SELECT id, at, actor_id, actor_name, kind, data::text
                        FROM issue_activities
                        WHERE issue_id = :issue %s
                        ORDER BY id DESC
                        LIMIT :limit
                        """.formatted(condition))
                .param("issue", issueId)
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> new IssueActivityEntry(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list();
    }
}
