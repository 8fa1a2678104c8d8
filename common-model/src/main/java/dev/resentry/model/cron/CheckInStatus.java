package dev.resentry.model.cron;

import java.util.Locale;

/** How a run of a job went. The words are part of the API. */
public enum CheckInStatus {
    IN_PROGRESS,
    OK,
    ERROR,
    /** It was due, and nothing came. */
    MISSED,
    /** It began, and did not end in time. */
    TIMEOUT,
    /** It came with a status that nobody knows: it was there, and counts neither as well nor as a failure. */
    UNKNOWN;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of a word that this product wrote. */
    public static CheckInStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** What a sender means; that something is missed or timed out is not for it to say. */
    public static CheckInStatus reported(String word) {
        return switch (word) {
            case "in_progress" -> IN_PROGRESS;
            case "ok" -> OK;
            case "error" -> ERROR;
            default -> UNKNOWN;
        };
    }

    public boolean isFailure() {
        return this == ERROR || this == MISSED || this == TIMEOUT;
    }

    /** Whether its sender has said how it ended: nothing that comes later changes that. */
    public boolean isFinal() {
        return this == OK || this == ERROR || this == UNKNOWN;
    }
}
