package dev.resentry.storage.repository;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.repository.PathMapping;
import dev.resentry.model.repository.PathMappings;
import dev.resentry.model.repository.Repository;
import dev.resentry.model.repository.RepositoryProvider;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Keeps which repository the code of a project is in. Each method is one statement, which joins the caller's transaction. What is
 * written names the revision that it changes, so that no change undoes another one unseen.
 */
public final class RepositoryStore {
    private static final String COLUMNS =
            "provider, url, branch, mappings::text AS mappings, revision, updated_at, updated_by";

    private final JdbcClient jdbc;

    public RepositoryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty for a project without one. */
    public Optional<StoredRepository> find(long projectId) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM project_repositories WHERE project_id = :project")
                .param("project", projectId)
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * Replaces the repository.
     *
     * @param revision that of the one that was changed; 0 if there was none
     * @return empty if the project's revision is another one
     * @throws org.springframework.dao.DataIntegrityViolationException if there is no such project
     */
    public Optional<StoredRepository> replace(
            long projectId, Repository repository, PathMappings mappings, long revision, String by) {
        String sql = revision == 0 ? """
                        INSERT INTO project_repositories (project_id, provider, url, branch, mappings, updated_at, updated_by)
                        VALUES (:project, :provider, :url, :branch, :mappings::jsonb, clock_timestamp(), :by)
                        ON CONFLICT (project_id) DO NOTHING
                        RETURNING\s""" : """
                        UPDATE project_repositories
                        SET provider = :provider, url = :url, branch = :branch, mappings = :mappings::jsonb,
                            revision = revision + 1, updated_at = clock_timestamp(), updated_by = :by
                        WHERE project_id = :project AND revision = :revision
                        RETURNING\s""";
        return jdbc.sql(sql + COLUMNS)
                .param("project", projectId)
                .param("provider", repository.provider().wireName())
                .param("url", repository.url())
                .param("branch", repository.branch())
                .param("mappings", write(mappings))
                .param("revision", revision)
                .param("by", by)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Removes the repository; false if there was none. */
    public boolean remove(long projectId) {
        return jdbc.sql("DELETE FROM project_repositories WHERE project_id = :project")
                        .param("project", projectId)
                        .update()
                > 0;
    }

    private static String write(PathMappings mappings) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (PathMapping mapping : mappings.mappings()) {
            list.addObject().put("from", mapping.from()).put("to", mapping.to());
        }
        return list.toString();
    }

    private static StoredRepository read(ResultSet row) throws SQLException {
        String provider = row.getString("provider");
        return new StoredRepository(
                new Repository(
                        RepositoryProvider.of(provider)
                                .orElseThrow(() -> new IllegalStateException("unknown provider: " + provider)),
                        row.getString("url"),
                        row.getString("branch")),
                new PathMappings(UntrustedJson.STORED
                        .tree(row.getString("mappings"))
                        .valueStream()
                        .map(mapping -> new PathMapping(
                                mapping.path("from").asString(""),
                                mapping.path("to").asString("")))
                        .toList()),
                row.getLong("revision"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getString("updated_by"));
    }
}
