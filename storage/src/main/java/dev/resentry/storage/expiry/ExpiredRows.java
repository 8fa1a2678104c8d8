package dev.resentry.storage.expiry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes old rows by one statement.
 *
 * @param sql deletes at most {@code :rows} rows that are older than {@code :before}
 * @param before from when on rows are kept, as of now
 */
record ExpiredRows(JdbcClient jdbc, String name, String sql, UnaryOperator<Instant> before) implements ExpiryStep {
    /** A matter of milliseconds. */
    private static final int ROWS = 2_000;

    @Override
    public Removed removeSome(Instant now) {
        int removed = jdbc.sql(sql)
                .param("before", before.apply(now).atOffset(ZoneOffset.UTC))
                .param("rows", ROWS)
                .update();
        return new Removed(removed, removed == ROWS);
    }
}
