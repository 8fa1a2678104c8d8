package dev.resentry.storage.person;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.deletion.DeletionReport;
import dev.resentry.storage.deletion.PendingRecounts;
import dev.resentry.storage.deletion.RemovedRows;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.person.PersonSearch.Found;
import dev.resentry.storage.rollup.RollupRebuild;
import dev.resentry.storage.secret.SecretStore;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Removes one person's data from a project, by a job: envelopes that name the person go as a whole, with all that was made of them,
 * and what was counted of them is counted again. The identifier itself is kept nowhere, only its hash, by which
 * {@link DeletedPersons} keeps the same data from coming back.
 *
 * <p>Progress is in hours of arrival. All that the project received is read for it.
 */
public final class PersonDeletion implements JobHandler {
    static final String KIND = "person-deletion";

    private static final Duration HOUR = Duration.ofHours(1);

    /** A step goes on with the next hour until it has read as much. */
    private static final int ROWS = 2_000;

    private static final String PROJECT = """
            SELECT id FROM projects WHERE id = :project AND status <> 'deleting' FOR UPDATE
            """;

    private static final String NOTE = """
            INSERT INTO deleted_persons (project_id, identifier_hash, deleted_at)
            VALUES (:project, :hash, clock_timestamp())
            ON CONFLICT (project_id, identifier_hash) DO UPDATE SET deleted_at = excluded.deleted_at
            RETURNING deleted_at
            """;

    private static final String OLDEST_DAY = """
            SELECT min(to_date(right(child.relname, 8), 'YYYYMMDD'))::timestamp AT TIME ZONE 'UTC'
            FROM partitioned_tables t
            JOIN pg_inherits i ON i.inhparent = to_regclass(quote_ident(t.name))
            JOIN pg_class child ON child.oid = i.inhrelid
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JobStore jobs;
    private final SecretStore secrets;
    private final DeletionReport report;
    private final PersonSearch search;
    private final EnvelopeRemoval removal;
    private final PendingRecounts recounts;

    public PersonDeletion(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            JobStore jobs,
            SecretStore secrets,
            DeletionReport report) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.jobs = jobs;
        this.secrets = secrets;
        this.report = report;
        this.search = new PersonSearch(dataSource);
        this.removal = new EnvelopeRemoval(jdbc);
        this.recounts = new PendingRecounts(jdbc, transaction, new RollupRebuild(dataSource, transactions));
    }

    /**
     * Has a person's data removed that arrived until now. From then on, what comes again of it is left out.
     *
     * @param identifier the id, e-mail address, name or IP address that the SDK gave the person
     * @param by who asks for it
     * @return the job; empty if there is no such project
     */
    public Optional<Long> start(long projectId, String identifier, String by) {
        String hash = hash().of(projectId, identifier);
        return transaction.execute(_ -> {
            // Batches under way hold the project: those that do not know of the deletion are stored before the job
            // looks.
            List<Long> living = jdbc.sql(PROJECT)
                    .param("project", projectId)
                    .query((row, _) -> row.getLong(1))
                    .list();
            if (living.isEmpty()) {
                return Optional.<Long>empty();
            }
            Instant deletedAt = jdbc.sql(NOTE)
                    .params(Map.of("project", projectId, "hash", HexFormat.of().parseHex(hash)))
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
            return Optional.of(jobs.enqueue(KIND, parameters(projectId, hash, deletedAt), by));
        });
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobStep step(Job job) {
        JsonNode parameters = UntrustedJson.STORED.tree(job.parametersJson());
        long project = parameters.path("project_id").longValue();
        String hash = parameters.path("identifier_hash").asString();
        Instant first = Instant.parse(parameters.path("from").asString());
        Instant until = Instant.parse(parameters.path("until").asString());
        long hours = ChronoUnit.HOURS.between(first, until);
        long done = job.progress().done();
        if (done < hours) {
            return new JobStep.Advanced(new JobProgress(remove(job.id(), project, hash, first, done, hours), hours));
        }
        Optional<Integer> recounted = recounts.next(job.id());
        if (recounted.isPresent()) {
            report.add(job.id(), List.of(new RemovedRows("issues", recounted.get(), null)));
            return new JobStep.Advanced(new JobProgress(done, hours));
        }
        return new JobStep.Finished(report.of(job.id()).toString());
    }

    /** How many hours are done then. */
    private long remove(long jobId, long project, String hash, Instant first, long done, long hours) {
        IdentifierHash hashes = hash();
        return transaction.execute(_ -> {
            long next = done;
            int read = 0;
            while (next < hours && read < ROWS) {
                Instant from = first.plus(HOUR.multipliedBy(next));
                Found found = search.find(
                        project,
                        from,
                        from.plus(HOUR),
                        identifier -> hashes.of(project, identifier).equals(hash));
                if (!found.envelopes().isEmpty()) {
                    report.add(jobId, removal.remove(jobId, project, found.envelopes()));
                }
                read += found.read();
                next++;
            }
            return next;
        });
    }

    private IdentifierHash hash() {
        return new IdentifierHash(secrets.findOrMake(IdentifierHash.SECRET, IdentifierHash::newSecret));
    }

    private String parameters(long projectId, String hash, Instant deletedAt) {
        OffsetDateTime oldest =
                jdbc.sql(OLDEST_DAY).query(OffsetDateTime.class).optional().orElse(null);
        Instant until = deletedAt.truncatedTo(ChronoUnit.HOURS).plus(HOUR);
        Instant first = oldest == null || oldest.toInstant().isAfter(until) ? until : oldest.toInstant();
        return JsonNodeFactory.instance
                .objectNode()
                .put("project_id", projectId)
                .put("identifier_hash", hash)
                .put("from", first.toString())
                .put("until", until.toString())
                .toString();
    }
}
