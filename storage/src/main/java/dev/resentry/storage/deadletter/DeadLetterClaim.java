package dev.resentry.storage.deadletter;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.Retry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** Locks the letter that is retried, behind its project, so that two processes never retry it at once. */
public final class DeadLetterClaim implements BatchStep {
    private static final String LOCK =
            "SELECT FROM dead_letters WHERE id = ? AND state = 'retrying' AND retry_job = ? FOR UPDATE";

    @Override
    public LockOrder lockOrder() {
        return LockOrder.PROJECTS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        claim(batch.connection(), Objects.requireNonNull(batch.retry(), "a batch that is no retry"));
    }

    /** @throws DeadLetterTakenException if the job does not retry it any more */
    static void claim(Connection connection, Retry retry) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, retry.letterId());
            lock.setLong(2, retry.jobId());
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    throw new DeadLetterTakenException(retry.letterId());
                }
            }
        }
    }
}
