package dev.resentry.storage.issue;

import dev.resentry.storage.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads issues, the one seen last first. */
public final class IssueQueries {
    private static final String SELECT = """
            SELECT i.id, i.project_id, p.slug AS project_slug, i.title, i.culprit, i.level, i.platform, i.status,
                   i.event_count, i.users_affected, i.first_seen, i.last_seen, i.first_release, i.last_release
            FROM issues i
            JOIN projects p ON p.id = i.project_id
            """;

    private final JdbcClient jdbc;

    public IssueQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where a page begins: behind the issue that was last seen then and has this id. */
    public record IssuePosition(Instant lastSeen, long id) {
        public static final IssuePosition NEWEST =
                new IssuePosition(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);
    }

    public Page<StoredIssue> list(IssueFilter filter, IssuePosition behind, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        var where = new StringBuilder("WHERE (i.last_seen, i.id) < (:at, :id)\n");
        parameters.put("at", behind.lastSeen().atOffset(ZoneOffset.UTC));
        parameters.put("id", behind.id());
        parameters.put("limit", limit + 1);
        if (filter.projectId() != null) {
            where.append("AND i.project_id = :project\n");
            parameters.put("project", filter.projectId());
        }
        if (filter.status() != null) {
            where.append("AND i.status = :status\n");
            parameters.put("status", filter.status());
        }
        if (filter.titlePart() != null) {
            where.append("AND strpos(lower(i.title), lower(:title)) > 0\n");
            parameters.put("title", filter.titlePart());
        }
        return Page.ofOneMore(
                jdbc.sql(SELECT + where + "ORDER BY i.last_seen DESC, i.id DESC LIMIT :limit")
                        .params(parameters)
                        .query((row, _) -> issue(row))
                        .list(),
                limit);
    }

    public Optional<StoredIssue> find(long id) {
        return jdbc.sql(SELECT + "WHERE i.id = :id")
                .param("id", id)
                .query((row, _) -> issue(row))
                .optional();
    }

    private static StoredIssue issue(ResultSet row) throws SQLException {
        return new StoredIssue(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getString("project_slug"),
                row.getString("title"),
                row.getString("culprit"),
                row.getString("level"),
                row.getString("platform"),
                row.getString("status"),
                row.getLong("event_count"),
                row.getLong("users_affected"),
                row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen", OffsetDateTime.class).toInstant(),
                row.getString("first_release"),
                row.getString("last_release"));
    }
}
