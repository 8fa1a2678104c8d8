package dev.resentry.query.auth;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.user.CredentialOfUser;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserSession;
import dev.resentry.storage.user.UserStore;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseCookie;

/**
 * The sessions of browsers: a cookie that no script reads, and for requests that may change something a header that no other site can
 * set.
 */
public final class BrowserSessions {
    static final String COOKIE = "resentry_session";
    static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final int MAX_USER_AGENT = 300;

    private final SessionStore sessions;
    private final UserStore users;
    private final Duration lifetime;
    private final InstantSource clock;

    BrowserSessions(SessionStore sessions, UserStore users, Duration lifetime, InstantSource clock) {
        this.sessions = sessions;
        this.users = users;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** A session just begun, with the secret for its cookie. */
    public record Begun(UserSession session, SecretToken token) {}

    /**
     * Begins a session.
     *
     * @param singleSignOn whether a provider of OpenID Connect said who it is
     */
    public Begun begin(User user, boolean singleSignOn, HttpServletRequest request) {
        Instant now = clock.instant();
        SecretToken token = SecretToken.random("");
        String agent = request.getHeader("User-Agent");
        var session = new UserSession(
                0,
                user.id(),
                user.lastSeenAt() == null,
                now,
                now,
                now.plus(lifetime),
                request.getRemoteAddr(),
                agent == null || agent.length() <= MAX_USER_AGENT ? agent : agent.substring(0, MAX_USER_AGENT),
                singleSignOn);
        sessions.add(session, token.hash());
        users.seen(user.id(), now);
        return new Begun(session, token);
    }

    /** The secret in a request's cookie. */
    static Optional<SecretToken> token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE) && !cookie.getValue().isEmpty()) {
                    return Optional.of(new SecretToken(cookie.getValue()));
                }
            }
        }
        return Optional.empty();
    }

    Optional<CredentialOfUser<UserSession>> find(SecretToken token) {
        return sessions.find(token.hash())
                .filter(found -> found.credential().expiresAt().isAfter(clock.instant()));
    }

    /** What the browser's own pages have to send with each request that may change something. */
    static String csrfToken(SecretToken token) {
        return token.derived("csrf");
    }

    /** Ends a request that may be another site's doing. */
    static void requireOwnPage(HttpServletRequest request, SecretToken token) {
        if (!SAFE_METHODS.contains(request.getMethod())) {
            String given = request.getHeader(CSRF_HEADER);
            if (given == null || !SecretToken.isEqual(given, csrfToken(token))) {
                throw ApiException.forbidden("%s is missing or wrong (expected: the csrf_token of GET /api/v1/session)"
                        .formatted(CSRF_HEADER));
            }
        }
    }

    /** What the answer to a login sets. */
    public ResponseCookie cookie(SecretToken token, HttpServletRequest request) {
        return cookie(token.text(), request).maxAge(lifetime).build();
    }

    ResponseCookie noCookie(HttpServletRequest request) {
        return cookie("", request).maxAge(0).build();
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(String value, HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path("/");
    }
}
