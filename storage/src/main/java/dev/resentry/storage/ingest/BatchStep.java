package dev.resentry.storage.ingest;

import java.sql.SQLException;
import java.util.List;

/**
 * Writes one kind of rows of a batch, in the batch's transaction, set-based. Without state: one object serves all batches of a
 * process at once. Steps run in the order of {@link #lockOrder}; those with the same run in the order of their list.
 */
public interface BatchStep {

    /** Which locks it takes. */
    LockOrder lockOrder();

    /**
     * Has what the batch needs that is not a part of its transaction, before that begins. Runs again whenever the batch is
     * stored again, and is not undone if the batch fails.
     *
     * @throws org.springframework.dao.DataAccessException if that is not possible now; nothing of the batch is stored then
     */
    default void prepare(List<BatchRecord> batch) {}

    /**
     * Writes what the batch has for it.
     *
     * @throws SQLException if the database refuses or is away; nothing of the batch is stored then
     */
    void write(BatchContext batch) throws SQLException;
}
