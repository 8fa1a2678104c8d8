package dev.resentry.storage.alert;

import java.time.Instant;

/** What became of a rule that came true. */
public sealed interface FiringResult {

    /**
     * It fired.
     *
     * @param summarised whether nobody is told by itself
     */
    record Fired(long firingId, boolean summarised) implements FiringResult {}

    /** It fired within its interval. */
    record Silent(Instant lastFiredAt) implements FiringResult {}

    /** It fired for the same record before. */
    record Known() implements FiringResult {}

    /** Somebody wants nobody to be told for a while. */
    record Snoozed() implements FiringResult {}

    /** The rule or the project is gone. */
    record Gone() implements FiringResult {}
}
