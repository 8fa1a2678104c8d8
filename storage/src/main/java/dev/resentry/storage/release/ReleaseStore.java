package dev.resentry.storage.release;

import dev.resentry.model.release.ReleaseOrder;
import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.outbox.EventsOutbox;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What people and programs say of releases. A release that came by an event, or will, is the same one. */
public final class ReleaseStore {
    /** As a batch does, so that the project is not deleted meanwhile. */
    private static final String LIVING_PROJECT =
            "SELECT id FROM projects WHERE id = :project AND status <> 'deleting' FOR SHARE";

    private static final String SAVE = """
            INSERT INTO releases AS r (project_id, version, sort_key, created_at, created_by, date_released, ref, url, archived)
            VALUES (:project, :version, :sort_key, now(), :by, :date_released, :ref, :url, coalesce(:archived::boolean, false))
            ON CONFLICT (project_id, version) DO UPDATE
            SET date_released = coalesce(excluded.date_released, r.date_released), ref = coalesce(excluded.ref, r.ref),
                url = coalesce(excluded.url, r.url), archived = coalesce(:archived::boolean, r.archived)
            RETURNING id, xmax = 0 AS is_new
            """;

    private static final String CHANGE = """
            UPDATE releases
            SET date_released = CASE WHEN NOT :undated THEN coalesce(:date_released, date_released) END,
                ref = coalesce(:ref, ref), url = coalesce(:url, url), archived = coalesce(:archived::boolean, archived)
            WHERE id = :id
            """;

    /** A commit that is known gains what is said now, and keeps its place. */
    private static final String ADD_COMMIT = """
            INSERT INTO release_commits AS c (release_id, commit_id, position, repository, message, author_name, author_email,
                                              committed_at, files)
            SELECT ?, ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ?::timestamptz, ? FROM release_commits WHERE release_id = ?
            ON CONFLICT (release_id, commit_id) DO UPDATE
            SET repository = coalesce(excluded.repository, c.repository), message = coalesce(excluded.message, c.message),
                author_name = coalesce(excluded.author_name, c.author_name),
                author_email = coalesce(excluded.author_email, c.author_email),
                committed_at = coalesce(excluded.committed_at, c.committed_at),
                files = CASE WHEN excluded.files = '{}' THEN c.files ELSE excluded.files END
            """;

    private static final String ADD_REF = """
            INSERT INTO release_refs AS r (release_id, repository, commit_id, previous_commit)
            VALUES (:release, :repository, :commit, :previous)
            ON CONFLICT (release_id, repository) DO UPDATE
            SET commit_id = excluded.commit_id, previous_commit = coalesce(excluded.previous_commit, r.previous_commit)
            """;

    private static final String DELETE = """
            DELETE FROM releases r
            WHERE r.id = :id AND NOT EXISTS (SELECT FROM issue_releases e WHERE e.project_id = r.project_id AND e.release = r.version)
            """;

    /** Files of bundles go with these. */
    private static final String DELETE_ARTIFACTS = """
            WITH gone AS (SELECT project_id, version FROM releases r
                          WHERE r.id = :id AND NOT EXISTS (
                              SELECT FROM issue_releases e WHERE e.project_id = r.project_id AND e.release = r.version)),
                 files AS (DELETE FROM artifact_files f USING gone
                           WHERE f.project_id = gone.project_id AND f.release = gone.version AND f.bundle_id IS NULL)
            DELETE FROM artifact_bundles b USING gone WHERE b.project_id = gone.project_id AND b.release = gone.version
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public ReleaseStore(DataSource dataSource, PlatformTransactionManager transactions) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A release that is there now, and whether it was not before. */
    public record Saved(long id, boolean isNew) {}

    /**
     * Makes a release, of which topic {@code events} is told, or says more of one that is there.
     *
     * @param by the e-mail address of who says it
     * @return empty if there is no such project
     */
    public Optional<Saved> save(long projectId, String version, ReleaseDetails details, String by) {
        return transaction.execute(_ -> {
            List<Long> living = jdbc.sql(LIVING_PROJECT)
                    .param("project", projectId)
                    .query((row, _) -> row.getLong(1))
                    .list();
            if (living.isEmpty()) {
                return Optional.<Saved>empty();
            }
            Saved saved = jdbc.sql(SAVE)
                    .param("project", projectId)
                    .param("version", version)
                    .param("sort_key", ReleaseOrder.sortKey(ReleaseVersion.parse(version)))
                    .param("by", by)
                    .param("date_released", dateReleased(details))
                    .param("ref", details.ref())
                    .param("url", details.url())
                    .param("archived", details.archived())
                    .query((row, _) -> new Saved(row.getLong("id"), row.getBoolean("is_new")))
                    .single();
            if (saved.isNew()) {
                EventsOutbox.append(jdbc, List.of(ReleaseNews.created(projectId, Cause.LIVE, version, by)));
            }
            return Optional.of(saved);
        });
    }

    /**
     * Changes what is said of a release.
     *
     * @param undated whether the date that somebody said is taken back, so that the release is of when it was first seen
     * @return false if there is none
     */
    public boolean change(long id, ReleaseDetails details, boolean undated) {
        return jdbc.sql(CHANGE)
                        .param("id", id)
                        .param("undated", undated)
                        .param("date_released", dateReleased(details))
                        .param("ref", details.ref())
                        .param("url", details.url())
                        .param("archived", details.archived())
                        .update()
                > 0;
    }

    private static @Nullable OffsetDateTime dateReleased(ReleaseDetails details) {
        return details.dateReleased() == null ? null : details.dateReleased().atOffset(ZoneOffset.UTC);
    }

    /** Adds commits behind those that are there. */
    public void addCommits(long releaseId, List<ReleaseCommit> commits) {
        transaction.executeWithoutResult(_ -> {
            lock(releaseId);
            template.batchUpdate(ADD_COMMIT, commits, 100, (statement, commit) -> {
                OffsetDateTime at = commit.committedAt() == null
                        ? null
                        : commit.committedAt().atOffset(ZoneOffset.UTC);
                statement.setLong(1, releaseId);
                statement.setString(2, commit.id());
                statement.setString(3, commit.repository());
                statement.setString(4, commit.message());
                statement.setString(5, commit.authorName());
                statement.setString(6, commit.authorEmail());
                statement.setObject(7, at);
                statement.setArray(
                        8,
                        statement
                                .getConnection()
                                .createArrayOf("text", commit.files().toArray(String[]::new)));
                statement.setLong(9, releaseId);
            });
        });
    }

    /** Adds refs; one of a repository that has one takes its place. */
    public void addRefs(long releaseId, List<ReleaseRef> refs) {
        transaction.executeWithoutResult(_ -> {
            lock(releaseId);
            for (ReleaseRef ref : refs) {
                jdbc.sql(ADD_REF)
                        .param("release", releaseId)
                        .param("repository", ref.repository())
                        .param("commit", ref.commitId())
                        .param("previous", ref.previousCommit())
                        .update();
            }
        });
    }

    private void lock(long releaseId) {
        jdbc.sql("SELECT id FROM releases WHERE id = :id FOR NO KEY UPDATE")
                .param("id", releaseId)
                .query(Long.class)
                .list();
    }

    /**
     * Deletes a release with its commits, deployments and artifacts.
     *
     * @return false if it has events, or there is no such release
     */
    public boolean delete(long projectId, long id) {
        return transaction.execute(_ -> {
            // Batches under way may have found the release and bring its first event.
            IssueRemoval.holdProject(jdbc, projectId);
            jdbc.sql(DELETE_ARTIFACTS).param("id", id).update();
            return jdbc.sql(DELETE).param("id", id).update() > 0;
        });
    }
}
