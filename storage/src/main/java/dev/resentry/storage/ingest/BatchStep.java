package dev.resentry.storage.ingest;

import java.sql.SQLException;

/**
 * Writes one kind of rows of a batch, in the batch's transaction, set-based. Without state: one object serves all batches of a
 * process at once. Steps run in the order of {@link #lockOrder}; those with the same run in the order of their list.
 */
public interface BatchStep {

    /** Which locks it takes. */
    LockOrder lockOrder();

    /**
     * Writes what the batch has for it.
     *
     * @throws SQLException if the database refuses or is away; nothing of the batch is stored then
     */
    void write(BatchContext batch) throws SQLException;
}
