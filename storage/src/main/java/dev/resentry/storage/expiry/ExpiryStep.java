package dev.resentry.storage.expiry;

import java.time.Instant;

/** Removes one kind of rows that are not kept any longer, of those that have no partitions by day. */
public interface ExpiryStep {

    /** What it removes, for logs. */
    String name();

    /**
     * Removes a bounded number of rows, in transactions that nobody notices.
     *
     * @throws org.springframework.dao.DataAccessException if the database is away or refuses
     */
    Removed removeSome(Instant now);

    /**
     * What a step did.
     *
     * @param more whether there may be more to remove
     */
    record Removed(long rows, boolean more) {}
}
