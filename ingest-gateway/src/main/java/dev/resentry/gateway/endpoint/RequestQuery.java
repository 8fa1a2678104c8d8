package dev.resentry.gateway.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads raw queries. */
final class RequestQuery {
    /** What identifies the sender; it does not travel with the envelope. */
    private static final Set<String> CREDENTIALS =
            Set.of("sentry_key", "sentry_secret", "sentry_version", "sentry_client", "sentry_data");

    private RequestQuery() {}

    /** The first value of a parameter; null if there is none or its percent-encoding is broken. */
    static @Nullable String value(@Nullable String rawQuery, String name) {
        if (rawQuery == null) {
            return null;
        }
        for (String pair : rawQuery.split("&")) {
            if (pair.startsWith(name) && pair.length() > name.length() && pair.charAt(name.length()) == '=') {
                try {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException _) {
                    return null;
                }
            }
        }
        return null;
    }

    /** The query without credentials; null if nothing is left. */
    static @Nullable String withoutCredentials(@Nullable String rawQuery) {
        if (rawQuery == null) {
            return null;
        }
        String rest = Arrays.stream(rawQuery.split("&"))
                .filter(pair -> !pair.isEmpty() && !CREDENTIALS.contains(name(pair)))
                .collect(Collectors.joining("&"));
        return rest.isEmpty() ? null : rest;
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals);
    }
}
