package dev.resentry.storage.artifact;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps and deletes artifacts. Has what comes held against stored events. Their blobs are put before; those that nothing refers to any more
 * go with the next sweep.
 */
public final class ArtifactStore {
    private static final int ROWS_AT_ONCE = 500;

    /** As a batch does, so that a project is not deleted meanwhile. */
    private static final String LIVING_PROJECTS =
            "SELECT id FROM projects WHERE id = ANY (:projects) AND status <> 'deleting' ORDER BY id FOR SHARE";

    /** What says the same again takes the place of what said it before. */
    private static final String REMOVE_BUNDLE = """
            DELETE FROM artifact_bundles
            WHERE project_id = :project AND (bundle_id = :bundle OR sha1 = :sha1)
              AND release IS NOT DISTINCT FROM :release::text AND dist IS NOT DISTINCT FROM :dist::text
            """;

    private static final String ADD_BUNDLE = """
            INSERT INTO artifact_bundles (project_id, bundle_id, sha1, release, dist, files, size, uploaded_at, created_by)
            VALUES (:project, :bundle, :sha1, :release, :dist, :files, :size, now(), :by)
            RETURNING id
            """;

    private static final String REMOVE_SINGLE = """
            DELETE FROM artifact_files
            WHERE project_id = :project AND release = :release AND url = :url AND dist IS NOT DISTINCT FROM :dist::text
              AND kind = :kind AND bundle_id IS NULL
            """;

    private static final String REMOVE_MAPPING = """
            DELETE FROM artifact_files WHERE project_id = :project AND debug_id = :id AND kind = 'proguard'
            RETURNING coalesce(release, '')
            """;

    private static final String NAME_RELEASE = """
            UPDATE artifact_files SET release = :release WHERE project_id = :project AND debug_id = :id AND kind = 'proguard'
            """;

    private static final String ADD_FILE = """
            INSERT INTO artifact_files (project_id, bundle_id, kind, name, url, release, dist, debug_id, source_map_ref, blob, sha1, size,
                                        created_at, created_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now(), ?)
            """;

    private static final String HAVE_BUNDLE = """
            SELECT count(DISTINCT b.project_id) FROM artifact_bundles b
            WHERE b.project_id = ANY (:projects) AND b.sha1 = :sha1
              AND (:release::text IS NULL OR b.release = :release) AND (:dist::text IS NULL OR b.dist = :dist)
              AND b.files = (SELECT count(*) FROM artifact_files f WHERE f.bundle_id = b.id)
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ArtifactUploads uploads;

    public ArtifactStore(DataSource dataSource, PlatformTransactionManager transactions) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.uploads = new ArtifactUploads(jdbc);
    }

    /**
     * Whether every one of some projects has a bundle with all of its files, by what was uploaded. One of which a file was deleted is
     * not there, so that uploading it again brings the file back.
     *
     * @param release null for any
     * @param dist null for any
     */
    public boolean haveBundle(Collection<Long> projects, Sha1 sha1, @Nullable String release, @Nullable String dist) {
        return jdbc.sql(HAVE_BUNDLE)
                        .param("projects", projects.toArray(Long[]::new))
                        .param("sha1", sha1.toByteArray())
                        .param("release", release)
                        .param("dist", dist)
                        .query(Long.class)
                        .single()
                == projects.stream().distinct().count();
    }

    /** Keeps a bundle for each of some projects; those that are being deleted are left out. */
    public void addBundle(Collection<Long> projects, NewBundle bundle) {
        transaction.executeWithoutResult(_ -> {
            for (long project : living(projects)) {
                jdbc.sql(REMOVE_BUNDLE)
                        .param("project", project)
                        .param("bundle", bundle.bundleId())
                        .param("sha1", bundle.sha1().toByteArray())
                        .param("release", bundle.release())
                        .param("dist", bundle.dist())
                        .update();
                long id = jdbc.sql(ADD_BUNDLE)
                        .param("project", project)
                        .param("bundle", bundle.bundleId())
                        .param("sha1", bundle.sha1().toByteArray())
                        .param("release", bundle.release())
                        .param("dist", bundle.dist())
                        .param("files", bundle.files().size())
                        .param("size", bundle.size())
                        .param("by", bundle.by())
                        .query(Long.class)
                        .single();
                addFiles(project, id, bundle.files(), bundle.release(), bundle.dist(), bundle.by());
            }
        });
    }

    /**
     * Keeps a file of a release that comes alone, in the place of one that came so before with the same URL, dist and kind.
     *
     * @return its id; empty if there is no such project
     */
    public Optional<Long> addFile(long projectId, String release, @Nullable String dist, NewArtifact file, String by) {
        return transaction.execute(_ -> {
            if (living(List.of(projectId)).isEmpty()) {
                return Optional.<Long>empty();
            }
            jdbc.sql(REMOVE_SINGLE)
                    .param("project", projectId)
                    .param("release", release)
                    .param("url", file.url())
                    .param("dist", dist)
                    .param("kind", file.kind().wireName())
                    .update();
            addFiles(projectId, null, List.of(file), release, dist, by);
            return Optional.of(lastFile());
        });
    }

    /**
     * Keeps the mapping of a program, in the place of the one with the same debug id, whose release it is of too.
     *
     * @return its id; empty if there is no such project
     */
    public Optional<Long> addMapping(long projectId, NewArtifact mapping, String by) {
        return transaction.execute(_ -> {
            if (living(List.of(projectId)).isEmpty()) {
                return Optional.<Long>empty();
            }
            @Nullable
            String release = jdbc
                    .sql(REMOVE_MAPPING)
                    .param("project", projectId)
                    .param("id", mapping.debugId())
                    .query(String.class)
                    .list()
                    .stream()
                    .filter(former -> !former.isEmpty())
                    .findFirst()
                    .orElse(null);
            addFiles(projectId, null, List.of(mapping), release, null, by);
            return Optional.of(lastFile());
        });
    }

    /** Says of which release a mapping is; false if there is no such mapping. */
    public boolean nameRelease(long projectId, UUID mapping, String release) {
        return jdbc.sql(NAME_RELEASE)
                        .param("release", release)
                        .param("project", projectId)
                        .param("id", mapping)
                        .update()
                > 0;
    }

    private long lastFile() {
        return jdbc.sql("SELECT currval(pg_get_serial_sequence('artifact_files', 'id'))")
                .query(Long.class)
                .single();
    }

    /** Deletes a file; a bundle goes with the last of its files. False if there is none. */
    public boolean delete(long id) {
        return transaction.execute(_ -> {
            List<Long> bundles = jdbc.sql("DELETE FROM artifact_files WHERE id = :id RETURNING coalesce(bundle_id, 0)")
                    .param("id", id)
                    .query((row, _) -> row.getLong(1))
                    .list();
            for (long bundle : bundles) {
                jdbc.sql("""
                                DELETE FROM artifact_bundles b
                                WHERE b.id = :bundle AND NOT EXISTS (SELECT FROM artifact_files f WHERE f.bundle_id = b.id)
                                """).param("bundle", bundle).update();
            }
            return !bundles.isEmpty();
        });
    }

    private List<Long> living(Collection<Long> projects) {
        return jdbc.sql(LIVING_PROJECTS)
                .param("projects", projects.toArray(Long[]::new))
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private void addFiles(
            long project,
            @Nullable Long bundle,
            List<NewArtifact> files,
            @Nullable String release,
            @Nullable String dist,
            String by) {
        template.batchUpdate(ADD_FILE, files, ROWS_AT_ONCE, (statement, file) -> {
            statement.setLong(1, project);
            statement.setObject(2, bundle);
            statement.setString(3, file.kind().wireName());
            statement.setString(4, file.name());
            statement.setString(5, file.url());
            statement.setString(6, release);
            statement.setString(7, dist);
            statement.setObject(8, file.debugId());
            statement.setString(9, file.sourceMapRef());
            statement.setBytes(10, file.blob().toByteArray());
            statement.setBytes(11, file.sha1().toByteArray());
            statement.setLong(12, file.size());
            statement.setString(13, by);
        });
        uploads.note(project, release, files, by);
    }
}
