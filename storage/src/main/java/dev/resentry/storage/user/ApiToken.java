package dev.resentry.storage.user;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token of a user for programs.
 *
 * @param prefix how its secret begins
 * @param userEmail of the user
 * @param expiresAt null for never
 * @param lastUsedAt to the minute; null if it never was
 */
public record ApiToken(
        long id,
        long userId,
        String userEmail,
        String name,
        Set<String> scopes,
        String prefix,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    public ApiToken {
        scopes = Set.copyOf(scopes);
    }
}
