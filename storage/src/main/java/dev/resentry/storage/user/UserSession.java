package dev.resentry.storage.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A browser that is logged in.
 *
 * @param firstLogin whether it is the first of its user
 * @param lastSeenAt to the minute
 * @param singleSignOn whether it began with a provider of OpenID Connect, and with no password
 */
public record UserSession(
        long id,
        long userId,
        boolean firstLogin,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt,
        @Nullable String ipAddress,
        @Nullable String userAgent,
        boolean singleSignOn) {}
