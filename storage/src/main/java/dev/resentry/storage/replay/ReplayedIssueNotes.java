package dev.resentry.storage.replay;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.issue.TouchedIssue;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps which issues and projects a replay touched until their roll-ups are made again. Each method is one statement. */
public final class ReplayedIssueNotes {
    /** Of issues that are there: those that only a dry run would make are not. */
    private static final String ADD = """
            INSERT INTO replay_touched AS t (job_id, issue_id, project_id, first_at, last_at)
            SELECT new.job_id, new.issue_id, new.project_id, %s, %s
            FROM unnest(?, ?, ?, ?, ?) AS new(job_id, issue_id, project_id, first_at, last_at)
            JOIN issues i ON i.id = new.issue_id
            ON CONFLICT (job_id, issue_id)
                DO UPDATE SET first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at),
                              rebuilt = false
            """.formatted(instant("new.first_at"), instant("new.last_at"));

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    public ReplayedIssueNotes(DataSource dataSource) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** A project with touched issues, or with transactions that were covered, and the time of these. */
    public record TouchedProject(long id, Instant firstAt, Instant lastAt) {}

    /** Notes issues; each is to be rebuilt, whether it was before or not. */
    void add(long jobId, List<TouchedIssue> issues) {
        if (issues.isEmpty()) {
            return;
        }
        template.execute((ConnectionCallback<Integer>) connection -> {
            var rows = new ColumnArrays<>(connection, issues);
            try (PreparedStatement insert = connection.prepareStatement(ADD)) {
                insert.setArray(1, rows.longs(_ -> jobId));
                insert.setArray(2, rows.longs(TouchedIssue::id));
                insert.setArray(3, rows.longs(TouchedIssue::projectId));
                insert.setArray(4, rows.micros(TouchedIssue::firstAt));
                insert.setArray(5, rows.micros(TouchedIssue::lastAt));
                return insert.executeUpdate();
            }
        });
    }

    /** Issues that are not rebuilt yet. */
    public List<Long> toRebuild(long jobId, int limit) {
        return jdbc.sql("""
                        SELECT issue_id FROM replay_touched WHERE job_id = :job AND NOT rebuilt ORDER BY issue_id LIMIT :limit
                        """)
                .param("job", jobId)
                .param("limit", limit)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    public void markRebuilt(long jobId, long issueId) {
        jdbc.sql("UPDATE replay_touched SET rebuilt = true WHERE job_id = :job AND issue_id = :issue")
                .param("job", jobId)
                .param("issue", issueId)
                .update();
    }

    /** The touched projects with a greater id than one, in the order of their ids. */
    public List<TouchedProject> projects(long jobId, long behind) {
        return jdbc.sql("""
                        SELECT project_id, min(first_at), max(last_at)
                        FROM (SELECT project_id, first_at, last_at FROM replay_touched
                              WHERE job_id = :job AND project_id > :behind
                              UNION ALL
                              SELECT project_id, first_at, last_at FROM replay_touched_projects
                              WHERE job_id = :job AND project_id > :behind) AS touched
                        GROUP BY project_id ORDER BY project_id
                        """)
                .param("job", jobId)
                .param("behind", behind)
                .query((row, _) -> new TouchedProject(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** How many issues were touched. */
    public long count(long jobId) {
        return jdbc.sql("SELECT count(*) FROM replay_touched WHERE job_id = :job")
                .param("job", jobId)
                .query(Long.class)
                .single();
    }

    /** The first touched issues, by id. */
    public List<Long> examples(long jobId, int limit) {
        return jdbc.sql("SELECT issue_id FROM replay_touched WHERE job_id = :job ORDER BY issue_id LIMIT :limit")
                .param("job", jobId)
                .param("limit", limit)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /** Removes the notes of a replay that has ended. */
    public void forget(long jobId) {
        jdbc.sql("""
                        WITH projects AS (DELETE FROM replay_touched_projects WHERE job_id = :job)
                        DELETE FROM replay_touched WHERE job_id = :job
                        """).param("job", jobId).update();
    }
}
