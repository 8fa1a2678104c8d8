package dev.resentry.storage.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may log in, while active.
 *
 * @param role owner, admin, member or viewer
 * @param tokenGeneration stands in signed tokens; those of another generation are revoked
 * @param lastSeenAt to the minute; null if they never logged in
 * @param hasPassword whether the password is one that somebody knows
 * @param lacksSecondFactor whether the organization requires a second factor and the user has none
 */
public record User(
        long id,
        String email,
        String name,
        String role,
        boolean active,
        boolean mustChangePassword,
        String passwordHash,
        int tokenGeneration,
        @Nullable Instant lastSeenAt,
        boolean hasPassword,
        boolean lacksSecondFactor) {

    @Override
    public String toString() {
        return "User[%s]".formatted(email);
    }
}
