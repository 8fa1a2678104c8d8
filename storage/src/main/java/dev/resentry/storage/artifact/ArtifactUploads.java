package dev.resentry.storage.artifact;

import dev.resentry.storage.job.JobStore;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Uploads that a job is to hold against stored events. Every method joins the caller's transaction. */
public final class ArtifactUploads {
    /** The kind of the jobs; {@code project_id} is in their parameters. */
    public static final String JOB = "source-map-repair";

    private static final String NOTE = """
            INSERT INTO artifact_uploads (project_id, release, debug_ids, created_by, uploaded_at)
            VALUES (:project, :release, :ids, :by, clock_timestamp())
            """;

    /** One that waits reads what is there when it begins, for which it has to hold the project alone. */
    private static final String WAITING = """
            SELECT EXISTS (SELECT FROM jobs WHERE kind = :kind AND state = 'queued' AND parameters @> :parameters::jsonb)
            """;

    private final JdbcClient jdbc;
    private final JobStore jobs;

    public ArtifactUploads(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.jobs = new JobStore(jdbc);
    }

    /** Notes files that were added to a project, whose row the transaction has locked before. */
    void note(long project, @Nullable String release, List<NewArtifact> files, String by) {
        jdbc.sql(NOTE)
                .param("project", project)
                .param("release", release)
                .param(
                        "ids",
                        files.stream()
                                .map(NewArtifact::debugId)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toArray(UUID[]::new))
                .param("by", by)
                .update();
        String parameters = "{\"project_id\": %d}".formatted(project);
        boolean waits = jdbc.sql(WAITING)
                .param("kind", JOB)
                .param("parameters", parameters)
                .query(Boolean.class)
                .single();
        if (!waits) {
            jobs.enqueue(JOB, parameters, by);
        }
    }

    /** Forgets uploads of a project, up to one. */
    public void forget(long project, long lastId) {
        jdbc.sql("DELETE FROM artifact_uploads WHERE project_id = :project AND id <= :last")
                .param("project", project)
                .param("last", lastId)
                .update();
    }
}
