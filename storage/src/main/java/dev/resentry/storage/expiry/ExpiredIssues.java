package dev.resentry.storage.expiry;

import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.retention.DataKind;
import dev.resentry.storage.retention.Retention;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes issues that have no events any more and were last seen before the retention, whatever their status, project by project. */
record ExpiredIssues(JdbcClient jdbc, TransactionTemplate transaction, Retention retention) implements ExpiryStep {
    private static final int ISSUES = 200;

    private static final String WITHOUT_EVENTS = """
            SELECT %s FROM issues i
            WHERE i.last_seen < :before AND NOT EXISTS (SELECT FROM events e WHERE e.issue_id = i.id) %s
            ORDER BY i.last_seen
            LIMIT :rows
            """;

    private static final String PROJECT = WITHOUT_EVENTS.formatted("i.project_id", "");
    private static final String ISSUES_OF_PROJECT = WITHOUT_EVENTS.formatted("i.id", "AND i.project_id = :project");

    @Override
    public String name() {
        return "issues";
    }

    @Override
    public Removed removeSome(Instant now) {
        OffsetDateTime before = retention.keptFrom(DataKind.EVENTS, now).atOffset(ZoneOffset.UTC);
        List<Long> projects = jdbc.sql(PROJECT)
                .param("before", before)
                .param("rows", 1)
                .query((row, _) -> row.getLong(1))
                .list();
        if (projects.isEmpty()) {
            return new Removed(0, false);
        }
        long project = projects.getFirst();
        int removed = transaction.execute(_ -> {
            IssueRemoval.holdProject(jdbc, project);
            List<Long> issues = jdbc.sql(ISSUES_OF_PROJECT)
                    .param("before", before)
                    .param("project", project)
                    .param("rows", ISSUES)
                    .query((row, _) -> row.getLong(1))
                    .list();
            return IssueRemoval.remove(jdbc, issues);
        });
        return new Removed(removed, removed > 0);
    }
}
