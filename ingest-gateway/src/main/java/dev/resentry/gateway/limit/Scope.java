package dev.resentry.gateway.limit;

import java.util.Locale;

/** Whom a limit is for. */
public enum Scope {
    PROJECT,
    KEY;

    /** The name SDKs know, as in rate-limit headers. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
