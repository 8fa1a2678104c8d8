package dev.resentry.storage.delivery;

import java.time.Duration;
import java.util.List;

/**
 * How often and when a delivery is tried.
 *
 * @param pauses after each failed attempt; the last one after all further ones too
 * @param attempts how many there are at most
 * @param failures of a target in a row, from which on it is left alone for a while after each further one
 * @param rest how long it is left alone
 */
public record DeliveryRetries(List<Duration> pauses, int attempts, int failures, Duration rest) {

    /** About nineteen hours in all; {@link DeliveryOutbox#TRIED} is the limit for those that had to wait besides. */
    public static final DeliveryRetries STANDARD = new DeliveryRetries(
            List.of(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(6)),
            8,
            5,
            Duration.ofMinutes(5));

    public DeliveryRetries {
        pauses = List.copyOf(pauses);
        if (pauses.isEmpty() || attempts < 1 || failures < 1) {
            throw new IllegalArgumentException("retries: %d pauses, %d attempts, %d failures (expected: >= 1 each)"
                    .formatted(pauses.size(), attempts, failures));
        }
    }

    Duration pauseAfter(int attempt) {
        return pauses.get(Math.min(attempt, pauses.size()) - 1);
    }
}
