package dev.resentry.storage.monitor;

import java.util.Locale;

/** What a monitor is for at present. The words are part of the API. */
public enum MonitorStatus {
    ACTIVE,
    /** Its check-ins are kept and missed ones found, and nobody is told. */
    MUTED,
    /** Nothing is kept of its check-ins, and none is missed. */
    DISABLED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static MonitorStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
