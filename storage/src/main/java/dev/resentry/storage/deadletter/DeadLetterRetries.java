package dev.resentry.storage.deadletter;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.FailureStage;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.ingest.Retry;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.retention.Retention;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Processes the dead letters of a job once more. What is stored of a letter, its place in the ledger and the letter itself change
 * in one transaction; a letter that is not the job's any more changes nothing.
 */
public final class DeadLetterRetries {
    private static final String NEXT = """
            SELECT d.id, d.reason, d.headers::text AS headers, coalesce(d.body, e.body) AS body, d.source_topic,
                   d.source_partition, d.source_offset, d.topic_id, d.item_position,
                   d.envelope_received_at IS NOT NULL AND e.body IS NULL AS gone,
                   d.item_position IS NULL AND (d.envelope_received_at IS NOT NULL OR d.reason = 'unknown_project') AS counted
            FROM dead_letters d
            LEFT JOIN LATERAL (
                SELECT body FROM envelopes WHERE received_at = d.envelope_received_at AND id = d.envelope_id LIMIT 1) AS e ON true
            WHERE d.retry_job = :job
            ORDER BY d.id
            LIMIT 1
            """;

    private final JdbcClient client;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final BatchStore records;
    private final BatchStore items;

    /**
     * @param recordSteps write a whole record once more
     * @param itemSteps write one item of a stored envelope once more
     * @param retention of what has expired already, nothing is stored
     */
    public DeadLetterRetries(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            List<BatchStep> recordSteps,
            List<BatchStep> itemSteps,
            Retention retention) {
        this.client = JdbcClient.create(dataSource);
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.records = new BatchStore(dataSource, transactions, recordSteps, retention);
        this.items = new BatchStore(dataSource, transactions, itemSteps, retention);
    }

    /** The oldest letter that a job has still to retry. */
    public Optional<LetterToRetry> next(Job job) {
        return client.sql(NEXT)
                .param("job", job.id())
                .query((row, _) -> letter(row, job))
                .optional();
    }

    /** How many letters a job has still to retry. */
    public long left(long jobId) {
        return client.sql("SELECT count(*) FROM dead_letters WHERE retry_job = :job")
                .param("job", jobId)
                .query(Long.class)
                .single();
    }

    /** Opens the letters again that a job has not retried. Returns how many they are. */
    public int release(long jobId) {
        return client.sql("UPDATE dead_letters SET state = 'open', retry_job = NULL WHERE retry_job = :job")
                .param("job", jobId)
                .update();
    }

    /** What a job's letters came to: dead, stored, duplicate or dropped, and how many. */
    public Map<String, Long> results(long jobId) {
        Map<String, Long> results = new TreeMap<>();
        client.sql("SELECT result, count(*) AS letters FROM dead_letter_attempts WHERE job_id = :job GROUP BY result")
                .param("job", jobId)
                .query((row, _) -> Map.entry(row.getString("result"), row.getLong("letters")))
                .list()
                .forEach(entry -> results.put(entry.getKey(), entry.getValue()));
        return results;
    }

    /**
     * Stores what was made of a letter's record, or of its item, this time.
     *
     * @throws org.springframework.dao.NonTransientDataAccessException if the database refuses it: nothing has changed then
     */
    public void store(LetterToRetry letter, BatchRecord record) {
        BatchStore store = letter.retry().itemPosition() == null ? records : items;
        try {
            store.retry(record, letter.retry());
        } catch (DeadLetterTakenException _) {
            // Another process, or a person, was faster: the letter has its result.
        }
    }

    /** Ends the retry of a letter whose envelope, which held its body, is not kept any more: it is dropped as expired. */
    public void expire(LetterToRetry letter) {
        Retry retry = letter.retry();
        transaction.executeWithoutResult(_ -> {
            List<LetterToDiscard> held = client.sql(
                            LetterToDiscard.select("d.id = :id AND d.state = 'retrying' AND d.retry_job = :job"))
                    .param("id", retry.letterId())
                    .param("job", retry.jobId())
                    .param("limit", 1)
                    .query((row, _) -> LetterToDiscard.of(row))
                    .list();
            // Otherwise another process, or a person, was faster.
            for (LetterToDiscard one : held) {
                jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                    one.expire(connection, retry);
                    return true;
                });
            }
        });
    }

    /** Notes that an item cannot be made of a letter's envelope any more. */
    public void fail(LetterToRetry letter, Outcome.Dropped why, FailureStage stage) {
        try {
            transaction.executeWithoutResult(_ -> jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                DeadLetterClaim.claim(connection, letter.retry());
                AttemptEnd.failed(why, stage, null, null).note(connection, letter.retry());
                return true;
            }));
        } catch (DeadLetterTakenException _) {
            // As in store.
        }
    }

    private static LetterToRetry letter(ResultSet row, Job job) throws SQLException {
        int position = row.getInt("item_position");
        Integer itemPosition = row.wasNull() ? null : position;
        var retry = new Retry(
                row.getLong("id"),
                job.id(),
                job.createdBy(),
                DropReason.of(row.getString("reason")),
                row.getBoolean("counted"),
                itemPosition);
        var source = new SourceRecord(
                row.getString("source_topic"),
                row.getObject("topic_id", UUID.class),
                row.getInt("source_partition"),
                row.getLong("source_offset"),
                LetterHeaders.read(row.getString("headers")),
                row.getBytes("body"));
        return new LetterToRetry(retry, source, row.getBoolean("gone"));
    }
}
