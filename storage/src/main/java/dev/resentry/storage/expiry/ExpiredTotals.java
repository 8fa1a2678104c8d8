package dev.resentry.storage.expiry;

import dev.resentry.storage.retention.Retention;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes the ledger's totals of old hours, of each hour all at once: the ledger balances at any moment. */
record ExpiredTotals(JdbcClient jdbc, Retention retention) implements ExpiryStep {
    private static final String SQL = """
            WITH oldest AS (
                SELECT least((SELECT min(hour) FROM envelope_totals), (SELECT min(hour) FROM outcome_totals)) AS hour),
            expired AS (
                SELECT least(oldest.hour + interval '1 day', :before) AS until FROM oldest WHERE oldest.hour < :before),
            envelopes AS (
                DELETE FROM envelope_totals t USING expired WHERE t.hour < expired.until RETURNING 1),
            outcomes AS (
                DELETE FROM outcome_totals t USING expired WHERE t.hour < expired.until RETURNING 1)
            SELECT (SELECT count(*) FROM envelopes) + (SELECT count(*) FROM outcomes)
            """;

    @Override
    public String name() {
        return "totals";
    }

    @Override
    public Removed removeSome(Instant now) {
        long removed = jdbc.sql(SQL)
                .param("before", retention.anyKeptFrom(now).atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        return new Removed(removed, removed > 0);
    }
}
