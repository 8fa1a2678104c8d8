package dev.resentry.service.work;

import java.time.Duration;

/**
 * How long to pause before something that failed is tried again: {@code first} after the first failure, twice as long after each
 * further one, and never longer than {@code most}.
 */
public record Backoff(Duration first, Duration most) {

    public Backoff {
        if (!first.isPositive() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "back-off: %s to %s (expected: above 0, and rising)".formatted(first, most));
        }
    }

    /** The same pause after each failure. */
    public static Backoff fixed(Duration pause) {
        return new Backoff(pause, pause);
    }

    /** The pause after the one given. */
    Duration after(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(most) < 0 ? twice : most;
    }
}
