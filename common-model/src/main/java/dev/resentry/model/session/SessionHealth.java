package dev.resentry.model.session;

import java.util.Locale;

/** How a session went, the worse the later. The words are stored. */
public enum SessionHealth {
    HEALTHY,
    /** It had errors that were handled, or has a status that is not known. */
    ERRORED,
    /** It had an error that nothing handled, and went on. */
    UNHANDLED,
    /** It ended without saying so, or hung. */
    ABNORMAL,
    CRASHED;

    /** The word in the database. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * That of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SessionHealth of(String wireName) {
        for (SessionHealth health : values()) {
            if (health.wireName().equals(wireName)) {
                return health;
            }
        }
        throw new IllegalArgumentException("health of a session: '%s' is unknown".formatted(wireName));
    }

    /**
     * That of an update (ingest protocol, section 6.3).
     *
     * @param status as the SDK has it; one that is not known is no good end
     */
    public static SessionHealth of(String status, long errors) {
        return switch (status) {
            case "crashed" -> CRASHED;
            case "abnormal" -> ABNORMAL;
            case "unhandled" -> UNHANDLED;
            case "ok", "exited" -> errors > 0 ? ERRORED : HEALTHY;
            default -> ERRORED;
        };
    }
}
