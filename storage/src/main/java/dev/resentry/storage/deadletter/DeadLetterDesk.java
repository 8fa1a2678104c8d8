package dev.resentry.storage.deadletter;

import dev.resentry.storage.job.JobStore;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides on dead letters: to process them once more, which a processor does as a job, or to discard them. Only letters that are
 * open are taken, or whose retry ended before it came to them.
 */
public final class DeadLetterDesk {
    /** The kind of jobs that retry letters. */
    public static final String RETRY = "dead-letter-retry";

    /** How many letters are discarded in one transaction, which is a matter of a second or two. */
    public static final int DISCARDED_AT_ONCE = 500;

    private static final String AVAILABLE = """
            (d.state = 'open' OR d.state = 'retrying' AND NOT EXISTS (
                SELECT FROM jobs j WHERE j.id = d.retry_job AND j.state IN ('queued', 'running')))
            """;

    private static final String OF_CAUSE = """
            d.reason = :reason AND d.stage = :stage AND (:project::bigint IS NULL OR d.project_id = :project)
            AND d.state IN ('open', 'retrying') AND
            """ + AVAILABLE;

    private static final String OF_ID = "d.id = :id AND " + AVAILABLE;

    private final JdbcClient client;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final JobStore jobs;

    public DeadLetterDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        this.client = JdbcClient.create(dataSource);
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.jobs = new JobStore(client);
    }

    /**
     * A cause of dead letters.
     *
     * @param projectId null for all projects
     */
    public record Cause(
            String reason, String stage, @Nullable Long projectId) {}

    /** A job that retries letters, and how many. */
    public record Started(long jobId, int letters) {}

    /** Has a letter retried; empty if it is not open. */
    public Optional<Started> retry(long id, String by) {
        return start("{\"letter\": %d}".formatted(id), by, OF_ID, sql -> sql.param("id", id));
    }

    /** Has all letters retried that are open for a cause now; empty if there are none. */
    public Optional<Started> retryAll(Cause cause, String by) {
        String parameters = jobParameters(cause);
        return start(parameters, by, OF_CAUSE, sql -> bind(sql, cause));
    }

    private Optional<Started> start(
            String parameters, String by, String condition, UnaryOperator<StatementSpec> bound) {
        return transaction.execute(status -> {
            long job = jobs.enqueue(RETRY, parameters, by);
            int letters = bound.apply(client.sql("""
                            WITH chosen AS MATERIALIZED (
                                SELECT id FROM dead_letters d WHERE %s ORDER BY id FOR UPDATE)
                            UPDATE dead_letters l SET state = 'retrying', retry_job = :job FROM chosen WHERE l.id = chosen.id
                            """.formatted(condition)).param("job", job))
                    .update();
            if (letters == 0) {
                status.setRollbackOnly();
                return Optional.empty();
            }
            return Optional.of(new Started(job, letters));
        });
    }

    /**
     * Discards a letter: its body is removed, and who did so and why is kept.
     *
     * @return whether it was open
     */
    public boolean discard(long id, String by, String because) {
        return discard(OF_ID, sql -> sql.param("id", id), by, because) == 1;
    }

    /**
     * Discards letters that are open for a cause, {@link #DISCARDED_AT_ONCE} of them at most.
     *
     * @return how many they were
     */
    public int discardSome(Cause cause, String by, String because) {
        return discard(OF_CAUSE, sql -> bind(sql, cause), by, because);
    }

    private int discard(String condition, UnaryOperator<StatementSpec> bound, String by, String because) {
        return transaction.execute(_ -> {
            List<LetterToDiscard> letters = bound.apply(
                            client.sql(LetterToDiscard.select(condition)).param("limit", DISCARDED_AT_ONCE))
                    .query((row, _) -> LetterToDiscard.of(row))
                    .list();
            if (!letters.isEmpty()) {
                jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                    LetterToDiscard.discard(connection, letters, by, because);
                    return true;
                });
            }
            return letters.size();
        });
    }

    private static StatementSpec bind(StatementSpec sql, Cause cause) {
        return sql.param("reason", cause.reason()).param("stage", cause.stage()).param("project", cause.projectId());
    }

    private static String jobParameters(Cause cause) {
        ObjectNode parameters = JsonNodeFactory.instance
                .objectNode()
                .put("reason", cause.reason())
                .put("stage", cause.stage());
        if (cause.projectId() != null) {
            parameters.put("project_id", cause.projectId());
        }
        return parameters.toString();
    }
}
