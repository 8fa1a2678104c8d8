package dev.resentry.storage.issue;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes issues with their hashes, all that is counted of them and what people did with them. */
public final class IssueRemoval {
    /** The tables with rows of an issue that go with it; {@code issue_hashes} go by their foreign key. */
    public static final List<String> TABLES = List.of(
            "issue_days",
            "issue_hours",
            "issue_users",
            "issue_tags",
            "issue_tag_keys",
            "issue_releases",
            "issue_activities",
            "issue_tickets",
            "deliveries",
            "alert_cooldowns",
            "alert_snoozes",
            "spikes");

    private IssueRemoval() {}

    /**
     * Has the batches of a project wait until the caller's transaction ends: a batch under way may have found a hash whose issue it
     * has not locked yet.
     */
    public static void holdProject(JdbcClient jdbc, long project) {
        jdbc.sql("SELECT id FROM projects WHERE id = :project FOR UPDATE")
                .param("project", project)
                .query(Long.class)
                .list();
    }

    /** Removes issues whose project the caller's transaction holds. */
    public static int remove(JdbcClient jdbc, Collection<Long> issues) {
        Long[] ids = issues.toArray(Long[]::new);
        for (String table : TABLES) {
            jdbc.sql("DELETE FROM %s WHERE issue_id = ANY (:ids)".formatted(table))
                    .param("ids", ids)
                    .update();
        }
        jdbc.sql("DELETE FROM merged_issues WHERE into_issue = ANY (:ids)")
                .param("ids", ids)
                .update();
        return jdbc.sql("DELETE FROM issues WHERE id = ANY (:ids)")
                .param("ids", ids)
                .update();
    }
}
