package dev.resentry.storage.performance;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an endpoint fares in some time, and in the time of the same length before it.
 *
 * @param before all of it 0 if there were no transactions
 */
public record Endpoint(EndpointKey key, EndpointFigures now, EndpointFigures before) {

    /** How many times as long as before 95 of 100 transactions take at most; 1 if there is nothing to compare. */
    public double trend() {
        return now.transactions() == 0 || before.transactions() == 0 ? 1 : now.p95() / before.p95();
    }

    /** By what lists of endpoints are sorted, the greatest first. */
    public enum Sort {
        TIME_SPENT,
        THROUGHPUT,
        P50,
        P75,
        P95,
        P99,
        FAILURE_RATE,
        TREND;

        /** The word for it in the API. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Sort> of(String wireName) {
            return Stream.of(values())
                    .filter(sort -> sort.wireName().equals(wireName))
                    .findFirst();
        }

        /** What an endpoint is sorted by. */
        public double value(Endpoint endpoint) {
            EndpointFigures now = endpoint.now();
            return switch (this) {
                case TIME_SPENT -> now.totalMs();
                case THROUGHPUT -> now.transactions();
                case P50 -> now.p50();
                case P75 -> now.p75();
                case P95 -> now.p95();
                case P99 -> now.p99();
                case FAILURE_RATE -> now.failureRate();
                case TREND -> endpoint.trend();
            };
        }

        Comparator<Endpoint> order() {
            return Comparator.<Endpoint>comparingDouble(this::value)
                    .reversed()
                    .thenComparing(Endpoint::key, EndpointKey.ORDER);
        }
    }

    /** Where a page of a sorted list begins: behind the endpoint of this value and key. */
    public record Place(double value, EndpointKey key) {
        boolean isBefore(Endpoint endpoint, Sort sort) {
            int order = Double.compare(sort.value(endpoint), value);
            return order == 0 ? EndpointKey.ORDER.compare(key, endpoint.key()) < 0 : order < 0;
        }
    }
}
