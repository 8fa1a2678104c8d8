package dev.resentry.processing.scrub.key;

import java.util.Locale;
import java.util.Set;

/** Tells by a cookie's name whether it proves who somebody is (ingest protocol, section 8.10). */
public final class CookieNames {
    private static final Set<String> WHOLE = Set.of("su", "sudo", "symfony", "sid", "connect.sid");

    private CookieNames() {}

    /** Session cookies have many names, nearly all with the same few syllables in them. */
    public static boolean isSensitive(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return WHOLE.contains(lower)
                || lower.contains("sess")
                || lower.contains("csrf")
                || lower.contains("xsrf")
                || lower.contains("auth")
                || lower.contains("jwt")
                || lower.contains("remember")
                || lower.contains("logged_in")
                || lower.endsWith("sid");
    }
}
