package dev.resentry.model.outcome;

import java.util.Locale;

/** What became of an accepted envelope, that is of a record of topic {@code envelopes}. The words are never renamed. */
public enum EnvelopeFate {
    /** Kept, with its items. */
    STORED,
    /** An envelope with the same id was processed before. */
    DUPLICATE,
    /** Not kept by a rule, such as that of a deleted project. */
    DROPPED,
    /** Nothing could be made of it: it is a dead letter, and may be tried again. */
    DEAD,
    /** Kafka's retention removed it before it was processed. */
    LOST;

    /** The word in tables and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The fate of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EnvelopeFate of(String wireName) {
        for (EnvelopeFate fate : values()) {
            if (fate.wireName().equals(wireName)) {
                return fate;
            }
        }
        throw new IllegalArgumentException("fate: '%s' is unknown".formatted(wireName));
    }

    /** The fate of an envelope of which nothing is stored but, at most, its raw bytes. */
    public static EnvelopeFate of(Outcome.Dropped why) {
        return why.reason().isFailure() ? DEAD : DROPPED;
    }
}
