package dev.resentry.storage.retention;

import java.util.Locale;

/** What is kept for a time of its own. */
public enum DataKind {
    /** Events, and what is counted of them. */
    EVENTS,
    /** Transactions and spans. */
    TRANSACTIONS,
    LOGS,
    /** Raw envelopes and their items. */
    ENVELOPES,
    /** Attachments; their bytes go with the last that has them. */
    ATTACHMENTS;

    /** The word for it in {@code partitioned_tables.kind}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static DataKind of(String wireName) {
        for (DataKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("partitioned_tables.kind: '%s' is unknown".formatted(wireName));
    }
}
