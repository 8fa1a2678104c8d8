package dev.resentry.gateway.auth;

import dev.resentry.model.project.AuthParse;
import dev.resentry.model.project.Credentials;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.SentryAuth;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a request, from wherever an SDK puts them (ingest protocol, section 1.3). Several that agree on the key
 * are fine; the first one counts.
 */
public sealed interface RequestCredentials {

    record Found(Credentials credentials) implements RequestCredentials {}

    /** None; an envelope may still name them in its header. */
    record Absent() implements RequestCredentials {}

    record Rejected(int status, String detail, String cause) implements RequestCredentials {}

    /**
     * Gathers the credentials of a request.
     *
     * @param sentryAuth the header {@code X-Sentry-Auth}
     * @param authorization the header {@code Authorization}
     * @param query the raw query
     * @param pathKey the key in the path
     */
    static RequestCredentials of(
            @Nullable String sentryAuth,
            @Nullable String authorization,
            @Nullable String query,
            @Nullable String pathKey) {
        RequestCredentials found = new Absent();
        found = and(found, SentryAuth.parseHeader(sentryAuth));
        found = and(found, SentryAuth.parseHeader(authorization));
        found = and(found, SentryAuth.parseQuery(query));
        found = pathKey == null ? found : and(found, ofPath(pathKey));
        AuthParse basic = SentryAuth.parseBasic(authorization);
        // Pages behind a login of their own send what belongs to that with everything.
        boolean isOfTheSender = !(found instanceof Found) || basic instanceof AuthParse.Found;
        return isOfTheSender ? and(found, basic) : found;
    }

    private static RequestCredentials and(RequestCredentials before, AuthParse parse) {
        if (before instanceof Rejected) {
            return before;
        }
        return switch (parse) {
            case AuthParse.Absent _ -> before;
            case AuthParse.Invalid(String cause) -> new Rejected(401, "bad authentication information", cause);
            case AuthParse.BadKey(String cause) -> new Rejected(400, "bad sentry DSN public key", cause);
            case AuthParse.UnsupportedVersion(String version) ->
                new Rejected(400, "unsupported protocol version", "sentry_version: " + version);
            case AuthParse.Found(Credentials next) ->
                switch (before) {
                    case Found(Credentials first)
                    when !first.publicKey().equals(next.publicKey()) ->
                        new Rejected(401, "multiple authorization payloads detected", "they name different keys");
                    case Found first -> first;
                    default -> new Found(next);
                };
        };
    }

    private static AuthParse ofPath(String key) {
        return PublicKey.parse(key)
                .<AuthParse>map(k -> new AuthParse.Found(new Credentials(k, null)))
                .orElseGet(() -> new AuthParse.BadKey(
                        "key in the path: %d characters (expected: %d)".formatted(key.length(), PublicKey.LENGTH)));
    }
}
