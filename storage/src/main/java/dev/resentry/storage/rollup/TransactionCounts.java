package dev.resentry.storage.rollup;

import dev.resentry.storage.transaction.TransactionStatus;
import java.time.temporal.ChronoUnit;

/**
 * How transactions are counted by minute or hour, the same whether they are about to be stored or read from their rows.
 *
 * <p>Failed is a transaction whose status is another than ok, cancelled or unknown, as Sentry's {@code failure_rate()} has it; one
 * without a status is not. In sums a transaction has a day at most, so that no sender makes one that no column holds.
 */
final class TransactionCounts {
    /** How many keys of an hour of a project are counted apart; those that came first are. */
    static final int MOST_KEYS = 5_000;

    /** The name that stands for all further keys. */
    static final String OTHER = "<other>";

    /** Whether a transaction failed, by its column or parameter {@code status}. */
    static final String FAILED = TransactionStatus.failed("status");

    private TransactionCounts() {}

    /**
     * The statement that counts rows and adds the counts to those that are there, in the order of their keys.
     *
     * @param source a query with project_id, ended_at, name, op, http_method, environment, status and duration_us
     */
    static String add(Resolution resolution, String source) {
        return """
                WITH spread AS (
                    SELECT project_id, date_trunc('%2$s', ended_at, 'UTC') AS at, name, op, http_method, environment,
                           duration_bucket(duration_us) AS bucket, count(*) AS transactions,
                           count(*) FILTER (WHERE %4$s) AS failures,
                           sum(least(duration_us, 86400000000))::bigint AS duration_us
                    FROM (%3$s) AS source
                    GROUP BY 1, 2, 3, 4, 5, 6, 7)
                INSERT INTO %1$s AS t (project_id, %2$s, name, op, http_method, environment, transactions, failures, duration_us,
                                       buckets, counts)
                SELECT project_id, at, name, op, http_method, environment, sum(transactions), sum(failures), sum(duration_us),
                       array_agg(bucket ORDER BY bucket), array_agg(transactions ORDER BY bucket)
                FROM spread
                GROUP BY 1, 2, 3, 4, 5, 6
                ORDER BY 1, 2, 3, 4, 5, 6
                ON CONFLICT (project_id, %2$s, name, op, http_method, environment) DO UPDATE
                SET transactions = t.transactions + excluded.transactions, failures = t.failures + excluded.failures,
                    duration_us = t.duration_us + excluded.duration_us,
                    (buckets, counts) = (
                        SELECT array_agg(bucket ORDER BY bucket), array_agg(durations ORDER BY bucket)
                        FROM (SELECT bucket, sum(durations)::bigint AS durations
                              FROM (SELECT * FROM unnest(t.buckets, t.counts) AS old(bucket, durations)
                                    UNION ALL
                                    SELECT * FROM unnest(excluded.buckets, excluded.counts) AS new(bucket, durations)) AS parts
                              GROUP BY bucket) AS merged)
                """.formatted(table(resolution), resolution.column(), source, FAILED);
    }

    static String table(Resolution resolution) {
        return resolution.unit() == ChronoUnit.MINUTES ? "transaction_minutes" : "transaction_hours";
    }
}
