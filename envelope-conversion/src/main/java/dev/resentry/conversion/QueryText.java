package dev.resentry.conversion;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads parameters from the raw query in the headers of a record. */
final class QueryText {
    private QueryText() {}

    /** The first value of a parameter; null if it is missing, empty or not valid percent-encoding. */
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
