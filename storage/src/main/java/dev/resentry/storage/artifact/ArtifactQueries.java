package dev.resentry.storage.artifact;

import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.blob.BlobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds artifacts. Safe to share between threads. */
public final class ArtifactQueries {
    /** How long {@link #newest} may not know of an upload. */
    private static final Duration PROJECTS_KNOWN_FOR = Duration.ofSeconds(1);

    private static final String PROJECTS = """
            SELECT p.id, newest.id AS newest
            FROM projects p
            CROSS JOIN LATERAL (SELECT f.id FROM artifact_files f WHERE f.project_id = p.id ORDER BY f.id DESC LIMIT 1) AS newest
            """;

    private static final String BY_DEBUG_IDS = """
            SELECT DISTINCT ON (f.debug_id, f.kind) %s FROM artifact_files f
            WHERE f.debug_id = ANY (:ids) AND f.project_id = :project
            ORDER BY f.debug_id, f.kind, f.id DESC
            """.formatted(ArtifactRows.COLUMNS);

    private static final String BY_URLS = """
            SELECT * FROM (
                SELECT DISTINCT ON (f.url, f.dist, f.kind) %s FROM artifact_files f
                WHERE f.project_id = :project AND f.release = :release AND f.url = ANY (:urls)
                  AND (f.dist IS NULL OR f.dist = :dist::text)
                ORDER BY f.url, f.dist, f.kind, f.id DESC) AS newest
            ORDER BY dist NULLS LAST, id DESC
            """.formatted(ArtifactRows.COLUMNS);

    private final JdbcClient jdbc;
    private final BlobStore blobs;
    private final InstantSource clock;
    private volatile KnownProjects known = new KnownProjects(Map.of(), Instant.MIN);

    public ArtifactQueries(JdbcClient jdbc, BlobStore blobs, InstantSource clock) {
        this.jdbc = jdbc;
        this.blobs = blobs;
        this.clock = clock;
    }

    private record KnownProjects(Map<Long, Long> newest, Instant until) {}

    /**
     * The id of the newest artifact of a project; empty if it has none. To be asked for every event: the answer comes from memory and is
     * that of a second ago at most.
     */
    public Optional<Long> newest(ProjectId project) {
        KnownProjects projects = known;
        Instant now = clock.instant();
        if (!now.isBefore(projects.until())) {
            Map<Long, Long> newest = new HashMap<>();
            jdbc.sql(PROJECTS).query(row -> {
                newest.put(row.getLong("id"), row.getLong("newest"));
            });
            projects = new KnownProjects(Map.copyOf(newest), now.plus(PROJECTS_KNOWN_FOR));
            known = projects;
        }
        return Optional.ofNullable(projects.newest().get(project.value()));
    }

    /** The newest file of each debug id and kind. */
    public List<ArtifactFile> byDebugIds(ProjectId project, Collection<UUID> debugIds) {
        if (debugIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(BY_DEBUG_IDS)
                .param("project", project.value())
                .param("ids", debugIds.toArray(UUID[]::new))
                .query((row, _) -> ArtifactRows.file(row))
                .list();
    }

    /**
     * The newest file of each URL and kind of a release: those of the dist first, behind them those without one.
     *
     * @param dist null finds only those without one
     * @param urls as they were uploaded, mostly with {@code ~} for the host
     */
    public List<ArtifactFile> byUrls(
            ProjectId project, String release, @Nullable String dist, Collection<String> urls) {
        if (urls.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(BY_URLS)
                .param("project", project.value())
                .param("release", release)
                .param("dist", dist)
                .param("urls", urls.toArray(String[]::new))
                .query((row, _) -> ArtifactRows.file(row))
                .list();
    }

    /**
     * The bytes of a file; empty if they are gone, as those of a file that was deleted long ago.
     *
     * @throws org.springframework.dao.DataAccessException if they cannot be read now
     */
    public Optional<byte[]> content(ArtifactFile file) {
        return blobs.get(file.blob());
    }

    public Optional<ArtifactFile> find(long id, VisibleProjects visible) {
        return jdbc.sql("SELECT " + ArtifactRows.COLUMNS + " FROM artifact_files f WHERE f.id = :id"
                        + visible.and("f.project_id"))
                .param("visible", visible.parameter())
                .param("id", id)
                .query((row, _) -> ArtifactRows.file(row))
                .optional();
    }

    /** A page of those that a filter wants with a smaller id than {@code before}, the newest first. */
    public Page<ArtifactFile> list(ArtifactFilter filter, long before, int limit) {
        var sql = new StringBuilder("SELECT " + ArtifactRows.COLUMNS + " FROM artifact_files f WHERE f.id < :before ");
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("before", before);
        parameters.put("limit", limit + 1);
        if (!filter.projects().areAll()) {
            sql.append(filter.projects().and("f.project_id"));
            parameters.put("visible", filter.projects().parameter());
        }
        if (filter.release() != null) {
            sql.append("AND f.release = :release ");
            parameters.put("release", filter.release());
        }
        if (filter.debugId() != null) {
            sql.append("AND f.debug_id = :debug_id ");
            parameters.put("debug_id", filter.debugId());
        }
        if (filter.text() != null) {
            sql.append("AND strpos(lower(f.name), lower(:text)) > 0 ");
            parameters.put("text", filter.text());
        }
        if (filter.kind() != null) {
            sql.append("AND f.kind = :kind ");
            parameters.put("kind", filter.kind().wireName());
        }
        sql.append("ORDER BY f.id DESC LIMIT :limit");
        return Page.ofOneMore(
                jdbc.sql(sql.toString())
                        .params(parameters)
                        .query((row, _) -> ArtifactRows.file(row))
                        .list(),
                limit);
    }
}
