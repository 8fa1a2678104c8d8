package dev.resentry.storage.regroup;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has issues follow the events that they are called after: one that is called as an event was that moved or got another title, and as
 * none of its events is any more, is called as its latest event. One that is called as an event was that source maps changed, by
 * title and place in the code, is called as the latest of those. Notes how they were called.
 */
final class RegroupNames {
    private static final int ISSUES = 200;

    private static final String NEXT = """
            SELECT issue_id FROM pending_recounts WHERE job_id = :job AND issue_id > :behind ORDER BY issue_id LIMIT :rows
            """;

    private static final String LOCK = "SELECT id FROM issues WHERE id = ANY (:issues) ORDER BY id FOR NO KEY UPDATE";

    private static final String RENAME = """
            WITH renamed AS (
                SELECT i.id, to_jsonb(i) AS issue, e.title, e.culprit, e.level, e.platform, e.error_type
                FROM issues i
                CROSS JOIN LATERAL (
                    SELECT * FROM events e WHERE e.issue_id = i.id ORDER BY e.received_at DESC, e.event_id DESC LIMIT 1) AS e
                WHERE i.id = ANY (:issues)
                  AND EXISTS (SELECT FROM regrouped_events r
                              WHERE r.regroup_id = :id AND r.issue_id = i.id AND r.title = i.title)
                  AND NOT EXISTS (SELECT FROM events o WHERE o.issue_id = i.id AND o.title = i.title)),
            noted AS (
                INSERT INTO regrouped_issues (regroup_id, issue_id, issue) SELECT :id, id, issue FROM renamed
                ON CONFLICT DO NOTHING)
            UPDATE issues i
            SET title = r.title, culprit = r.culprit, level = r.level, platform = r.platform, error_type = r.error_type
            FROM renamed r WHERE i.id = r.id
            """;

    private static final String RENAME_READABLE = """
            WITH renamed AS (
                SELECT i.id, to_jsonb(i) AS issue, e.title, e.culprit, e.level, e.platform, e.error_type
                FROM issues i
                CROSS JOIN LATERAL (
                    SELECT e.* FROM regrouped_events r
                    JOIN events e ON e.received_at = r.received_at AND e.project_id = i.project_id AND e.event_id = r.event_id
                    WHERE r.regroup_id = :id AND r.issue_id = i.id AND r.is_readable AND e.issue_id = i.id
                    ORDER BY r.received_at DESC, r.event_id DESC
                    LIMIT 1) AS e
                WHERE i.id = ANY (:issues)
                  AND EXISTS (SELECT FROM regrouped_events r
                              WHERE r.regroup_id = :id AND r.issue_id = i.id AND r.is_readable AND r.title = i.title
                                AND r.culprit IS NOT DISTINCT FROM i.culprit)),
            noted AS (
                INSERT INTO regrouped_issues (regroup_id, issue_id, issue) SELECT :id, id, issue FROM renamed
                ON CONFLICT DO NOTHING)
            UPDATE issues i
            SET title = r.title, culprit = r.culprit, level = r.level, platform = r.platform, error_type = r.error_type
            FROM renamed r WHERE i.id = r.id
            """;

    private final JdbcClient jdbc;

    RegroupNames(JdbcTemplate template) {
        this.jdbc = JdbcClient.create(template);
    }

    /** Names some of the issues that are to be counted again; the last of them, or empty if there is none. */
    Optional<Long> next(LockedRegroup regroup, long job) {
        List<Long> issues = jdbc.sql(NEXT)
                .param("job", job)
                .param("behind", regroup.issue())
                .param("rows", ISSUES)
                .query((row, _) -> row.getLong(1))
                .list();
        if (issues.isEmpty()) {
            return Optional.empty();
        }
        Long[] ids = issues.toArray(Long[]::new);
        jdbc.sql(LOCK).param("issues", ids).query(Long.class).list();
        if (regroup.cause() == RegroupCause.SOURCE_MAPS) {
            jdbc.sql(RENAME_READABLE)
                    .param("id", regroup.id())
                    .param("issues", ids)
                    .update();
        }
        jdbc.sql(RENAME).param("id", regroup.id()).param("issues", ids).update();
        return Optional.of(issues.getLast());
    }
}
