package dev.resentry.gateway.auth;

import dev.resentry.model.project.AuthParse;
import dev.resentry.model.project.Credentials;
import dev.resentry.model.project.SentryAuth;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a request, from wherever an SDK puts them (ingest protocol, section 1.3). Several that agree on the key
 * are fine; the first one counts.
 */
public sealed interface RequestCredentials {

    record Found(Credentials credentials) implements RequestCredentials {}

    /** None; an envelope may still name them in its header. */
    record Absent() implements RequestCredentials {}

    record Refused(int status, String detail, String cause) implements RequestCredentials {}

    static RequestCredentials of(HttpServletRequest request) {
        Credentials first = null;
        for (AuthParse parse : List.of(
                SentryAuth.parseHeader(request.getHeader("X-Sentry-Auth")),
                SentryAuth.parseHeader(request.getHeader("Authorization")),
                SentryAuth.parseQuery(request.getQueryString()))) {
            switch (parse) {
                case AuthParse.Absent _ -> {
                    continue;
                }
                case AuthParse.Invalid(String cause) -> {
                    return new Refused(401, "bad authentication information", cause);
                }
                case AuthParse.UnsupportedVersion(String version) -> {
                    return new Refused(400, "unsupported protocol version", "sentry_version: " + version);
                }
                case AuthParse.Found(Credentials credentials) -> {
                    if (disagree(first, credentials)) {
                        return new Refused(401, "multiple authorization payloads detected", "they name different keys");
                    }
                    first = first == null ? credentials : first;
                }
            }
        }
        return first == null ? new Absent() : new Found(first);
    }

    private static boolean disagree(@Nullable Credentials first, Credentials next) {
        return first != null && !first.publicKey().equals(next.publicKey());
    }
}
