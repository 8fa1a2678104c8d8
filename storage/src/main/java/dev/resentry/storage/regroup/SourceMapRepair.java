package dev.resentry.storage.regroup;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.artifact.ArtifactUploads;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.job.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Holds uploads of artifacts against stored events. If they fit some, a regroup makes these readable; if not, all that it costs is one
 * query. Waits until processors make what arrives readable, so that nothing is left between, and until no other regroup of the project is
 * under way. Several uploads that come together make one regroup.
 */
public final class SourceMapRepair implements JobHandler {
    /** As far back as regroups go. */
    private static final Duration BACK = Duration.ofDays(90);

    private static final Duration UNTIL_OTHERS_ARE_DONE = Duration.ofSeconds(5);

    private static final String UPLOADS = """
            SELECT max(id) AS last_id, (array_agg(created_by ORDER BY id DESC))[1] AS created_by,
                   extract(epoch FROM max(uploaded_at) + make_interval(secs => :rest) - clock_timestamp()) AS seconds_left
            FROM artifact_uploads WHERE project_id = :project
            HAVING count(*) > 0
            """;

    /** The releases with events that want source maps: those that an upload names, and those that know one of its debug ids. */
    private static final String FITTING = """
            SELECT wanted.release
            FROM (SELECT release FROM artifact_uploads WHERE project_id = :project AND release IS NOT NULL
                  UNION
                  SELECT m.release
                  FROM artifact_uploads u
                  CROSS JOIN LATERAL unnest(u.debug_ids) AS given(id)
                  JOIN missing_source_maps m ON m.project_id = :project AND m.debug_id = given.id
                  WHERE u.project_id = :project) AS wanted
            WHERE EXISTS (SELECT FROM events e
                          WHERE e.project_id = :project AND coalesce(e.release, '') = wanted.release
                            AND e.received_at >= now() - make_interval(secs => :back) AND %s)
            ORDER BY 1
            """.formatted(RepairedEvents.WANTING);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RegroupStore regroups;
    private final ArtifactUploads uploads;
    private final String strategy;
    private final Duration untilNoticed;

    /**
     * Makes the handler.
     *
     * @param strategy the id of the rules of grouping that hold for all projects
     * @param untilNoticed how long after an upload processors may still leave what arrives minified
     */
    public SourceMapRepair(DataSource dataSource, String strategy, Duration untilNoticed) {
        // Of its own, as batches have one: JPA's, where there is one, brings a session that nobody here needs.
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.jdbc = JdbcClient.create(dataSource);
        this.regroups = new RegroupStore(jdbc, new JobStore(jdbc));
        this.uploads = new ArtifactUploads(jdbc);
        this.strategy = strategy;
        this.untilNoticed = untilNoticed;
    }

    private record Uploaded(long lastId, String by, double secondsLeft) {}

    @Override
    public String kind() {
        return ArtifactUploads.JOB;
    }

    @Override
    public JobStep step(Job job) {
        long project = UntrustedJson.STORED
                .tree(job.parametersJson())
                .path("project_id")
                .longValue();
        return transaction.execute(_ -> {
            // Whoever uploads holds it too: an upload either finds this job waiting, or is found by it.
            IssueRemoval.holdProject(jdbc, project);
            Optional<Uploaded> uploaded = jdbc.sql(UPLOADS)
                    .param("project", project)
                    .param("rest", untilNoticed.toMillis() / 1_000.0)
                    .query((row, _) -> new Uploaded(
                            row.getLong("last_id"), row.getString("created_by"), row.getDouble("seconds_left")))
                    .optional();
            if (uploaded.isEmpty()) {
                return new JobStep.Finished(null);
            }
            double left = uploaded.get().secondsLeft();
            return left > 0
                    ? new JobStep.Waiting(Duration.ofMillis((long) Math.ceil(left * 1_000)))
                    : repair(project, uploaded.get());
        });
    }

    private JobStep repair(long project, Uploaded uploaded) {
        List<String> releases = jdbc.sql(FITTING)
                .param("project", project)
                .param("back", (double) BACK.toSeconds())
                .query((row, _) -> row.getString(1))
                .list();
        if (!releases.isEmpty()
                && !regroups.repair(project, strategy, releases, BACK, new Author(0, "", uploaded.by()))) {
            return new JobStep.Waiting(UNTIL_OTHERS_ARE_DONE);
        }
        uploads.forget(project, uploaded.lastId());
        return new JobStep.Finished(null);
    }
}
