package dev.resentry.storage.uptime;

import java.util.Locale;

/** What is known of what a check looks at. The words are part of the API. */
public enum UptimeState {
    /** It was not checked yet, or has failed less often than counts. */
    UNKNOWN,
    UP,
    DOWN;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static UptimeState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
