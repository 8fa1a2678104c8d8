package dev.resentry.storage.webhook;

import dev.resentry.storage.issue.IssueActivityEntry;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.StoredIssue;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What records of topic {@code events} are about, as it is now. */
public final class WebhookSubjects {
    private final JdbcClient jdbc;
    private final IssueQueries issues;

    public WebhookSubjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.issues = new IssueQueries(jdbc);
    }

    /** A project by its names. */
    public record NamedProject(long id, String slug, String name) {}

    public Optional<StoredIssue> issue(long id) {
        return issues.find(id);
    }

    /** An entry of an issue's activity. */
    public Optional<IssueActivityEntry> entry(long issueId, long id) {
        return jdbc.sql("""
                        SELECT id, at, actor_id, actor_name, kind, data::text
                        FROM issue_activities WHERE issue_id = :issue AND id = :id
                        """)
                .param("issue", issueId)
                .param("id", id)
                .query((row, _) -> new IssueActivityEntry(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .optional();
    }

    public Optional<NamedProject> project(long id) {
        return jdbc.sql("SELECT id, slug, name FROM projects WHERE id = :id")
                .param("id", id)
                .query((row, _) -> new NamedProject(row.getLong(1), row.getString(2), row.getString(3)))
                .optional();
    }
}
