package dev.resentry.storage.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what releases say of their code. All is found by the key of the release, whose commits are bounded. */
public final class ReleaseSourceQueries {
    private static final String COMMIT =
            "c.commit_id, c.repository, c.message, c.author_name, c.author_email, c.committed_at";

    /** A file of a repository may lie deeper than the program knows it; a bare name would be found in every folder. */
    private static final String SUSPECTS = """
            SELECT %s, matched.files, matched.rank
            FROM releases r
            JOIN release_commits c ON c.release_id = r.id
            CROSS JOIN LATERAL (
                SELECT array_agg(DISTINCT f.path ORDER BY f.path) AS files, min(p.rank) - 1 AS rank
                FROM unnest(c.files) AS f(path)
                JOIN unnest(:paths::text[]) WITH ORDINALITY AS p(path, rank)
                  ON f.path = p.path OR (strpos(p.path, '/') > 0 AND right(f.path, length(p.path) + 1) = '/' || p.path)) AS matched
            WHERE r.project_id = :project AND r.version = :version AND matched.rank IS NOT NULL
            ORDER BY matched.rank, c.committed_at DESC NULLS LAST, c.position
            LIMIT :limit
            """.formatted(COMMIT);

    private final JdbcClient jdbc;

    public ReleaseSourceQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a release says of its code; empty if there is no such release. */
    public Optional<ReleaseSource> find(long projectId, String version) {
        record Found(long id, Optional<String> ref) {}
        return jdbc.sql("SELECT id, ref FROM releases WHERE project_id = :project AND version = :version")
                .param("project", projectId)
                .param("version", version)
                .query((row, _) -> new Found(row.getLong("id"), Optional.ofNullable(row.getString("ref"))))
                .optional()
                .map(found -> new ReleaseSource(found.ref().orElse(null), refs(found.id()), newest(found.id())));
    }

    private List<ReleaseRef> refs(long releaseId) {
        return new ReleaseQueries(jdbc).refs(releaseId);
    }

    /** Commits are given the newest first. */
    private List<ReleaseCommit> newest(long releaseId) {
        return jdbc.sql("""
                        SELECT DISTINCT ON (c.repository) %s FROM release_commits c
                        WHERE c.release_id = :release
                        ORDER BY c.repository, c.position
                        """.formatted(COMMIT))
                .param("release", releaseId)
                .query((row, _) -> commit(row))
                .list();
    }

    /**
     * The commits of a release that changed files.
     *
     * @param paths of the files, the most telling first; a file of a commit is one of them if it ends with it
     * @return those of the most telling files first, then the newest
     */
    public List<SuspectCommit> suspects(long projectId, String version, List<String> paths, int limit) {
        return jdbc.sql(SUSPECTS)
                .param("project", projectId)
                .param("version", version)
                .param("paths", paths.toArray(String[]::new))
                .param("limit", limit)
                .query((row, _) -> new SuspectCommit(
                        commit(row), List.of((String[]) row.getArray("files").getArray()), row.getInt("rank")))
                .list();
    }

    private static ReleaseCommit commit(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("committed_at", OffsetDateTime.class);
        return new ReleaseCommit(
                row.getString("commit_id"),
                row.getString("repository"),
                row.getString("message"),
                row.getString("author_name"),
                row.getString("author_email"),
                at == null ? null : at.toInstant(),
                List.of());
    }
}
