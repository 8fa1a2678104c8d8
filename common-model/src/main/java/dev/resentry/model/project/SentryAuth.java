package dev.resentry.model.project;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the credentials that SDKs send, by header or by query (ingest protocol, section 1.3). Unknown fields, the
 * timestamp and the outdated secret are read over.
 */
public final class SentryAuth {
    private static final String KEY = "sentry_key";
    private static final String CLIENT = "sentry_client";
    private static final String SCHEME = "Sentry ";
    private static final String BASIC = "Basic ";
    private static final int NEWEST_VERSION = 7;
    private static final String NEWEST = Integer.toString(NEWEST_VERSION);
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,99}(\\.[0-9]{1,99})?");
    /** What is read of a query. Whatever else stands there is not about the sender and cannot make it a bad one. */
    private static final Set<String> FIELDS = Set.of(KEY, "sentry_version", CLIENT);

    private SentryAuth() {}

    /** Reads an {@code X-Sentry-Auth} or {@code Authorization} header. A header of another scheme counts as absent. */
    public static AuthParse parseHeader(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new AuthParse.Absent();
        }
        Map<String, String> fields = HashMap.newHashMap(4);
        for (String pair : header.substring(SCHEME.length()).split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = pair.substring(0, equals).strip();
                String value = pair.substring(equals + 1).strip();
                if (differs(fields.put(name, value), name, value)) {
                    return new AuthParse.Invalid("sentry_key: two that differ");
                }
            }
        }
        return fromFields(fields);
    }

    /** Reads the user name of an {@code Authorization: Basic} header as the key. A header of another scheme counts as absent. */
    public static AuthParse parseBasic(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return new AuthParse.Absent();
        }
        String pair;
        try {
            pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return new AuthParse.Invalid("authorization: not base64");
        }
        int colon = pair.indexOf(':');
        return fromFields(Map.of("sentry_key", colon < 0 ? pair : pair.substring(0, colon)));
    }

    /**
     * Reads a raw query string. Only a query with {@code sentry_key} counts as a credential: browsers add other
     * {@code sentry_} parameters to requests that authenticate by header.
     */
    public static AuthParse parseQuery(@Nullable String rawQuery) {
        if (rawQuery == null || !rawQuery.contains("sentry_key")) {
            return new AuthParse.Absent();
        }
        Map<String, String> fields = new HashMap<>();
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals > 0 ? pair.substring(0, equals) : "";
            if (FIELDS.contains(name)) {
                String value;
                try {
                    value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException _) {
                    if (name.equals(CLIENT)) {
                        // What an SDK calls itself is no reason to refuse it.
                        continue;
                    }
                    return new AuthParse.Invalid(name + ": broken percent-encoding");
                }
                if (differs(fields.put(name, value), name, value)) {
                    return new AuthParse.Invalid("sentry_key: two that differ");
                }
            }
        }
        return fields.containsKey("sentry_key") ? fromFields(fields) : new AuthParse.Absent();
    }

    private static boolean differs(@Nullable String before, String name, String value) {
        return before != null && name.equals(KEY) && !before.equals(value);
    }

    private static AuthParse fromFields(Map<String, String> fields) {
        String version = fields.get("sentry_version");
        // Nearly everybody sends the newest one, which needs no looking at.
        if (version != null && !version.equals(NEWEST)) {
            if (!VERSION.matcher(version).matches()) {
                return new AuthParse.Invalid("sentry_version: not a number");
            }
            if (Double.parseDouble(version) > NEWEST_VERSION) {
                return new AuthParse.UnsupportedVersion(version);
            }
        }
        String key = fields.get("sentry_key");
        if (key == null) {
            return new AuthParse.Invalid("sentry_key: missing");
        }
        return PublicKey.parse(key)
                .<AuthParse>map(k -> new AuthParse.Found(new Credentials(k, fields.get("sentry_client"))))
                .orElseGet(() -> new AuthParse.BadKey(
                        "sentry_key: %d characters (expected: %d)".formatted(key.length(), PublicKey.LENGTH)));
    }
}
