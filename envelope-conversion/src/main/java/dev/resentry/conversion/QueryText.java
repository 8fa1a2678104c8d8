package dev.resentry.conversion;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the raw query that a record carries. */
final class QueryText {
    private QueryText() {}

    /** The first value of a parameter; null if there is none, or if it is empty or broken. */
    static @Nullable String value(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                try {
                    String value = URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                    return value.isEmpty() ? null : value;
                } catch (IllegalArgumentException _) {
                    return null;
                }
            }
        }
        return null;
    }
}
