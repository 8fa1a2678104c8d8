package dev.resentry.storage.performance;

import dev.resentry.storage.rollup.DurationSketch;

/**
 * The transactions of an endpoint in some time.
 *
 * @param failures how many have a status other than ok, cancelled or unknown
 * @param totalMs how long all took together
 * @param p50 in milliseconds, within 1 %, as the others; 0 without transactions
 */
public record EndpointFigures(
        long transactions, long failures, double totalMs, double p50, double p75, double p95, double p99) {

    /** Gathers rows of counts. */
    static final class Sums {
        private final DurationSketch durations = new DurationSketch();
        private long transactions;
        private long failures;
        private long micros;

        void add(CountedRow row) {
            durations.add(row.durations());
            transactions += row.transactions();
            failures += row.failures();
            micros += row.micros();
        }

        EndpointFigures figures() {
            return new EndpointFigures(
                    transactions,
                    failures,
                    micros / 1_000.0,
                    durations.quantile(0.5),
                    durations.quantile(0.75),
                    durations.quantile(0.95),
                    durations.quantile(0.99));
        }
    }

    /** The share of transactions that failed, from 0 to 1. */
    public double failureRate() {
        return transactions == 0 ? 0 : (double) failures / transactions;
    }
}
