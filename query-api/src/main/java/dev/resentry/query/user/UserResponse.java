package dev.resentry.query.user;

import dev.resentry.query.access.Role;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.user.User;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A user as the API shows it.
 *
 * @param active whether they may log in
 * @param lastSeenAt to the minute; null if they never logged in
 * @param secondFactor whether logins with a password ask for a code too
 * @param singleSignOn whether the account is joined to an identity at a provider of OpenID Connect
 * @param teams slugs
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "User")
record UserResponse(
        long id,
        String email,
        String name,
        @WordOf(Role.class) String role,
        boolean active,
        @Nullable Instant lastSeenAt,
        boolean secondFactor,
        boolean singleSignOn,
        List<String> teams) {

    static UserResponse of(User user, boolean secondFactor, boolean singleSignOn, List<String> teams) {
        return new UserResponse(
                user.id(),
                user.email(),
                user.name(),
                user.role(),
                user.active(),
                user.lastSeenAt(),
                secondFactor,
                singleSignOn,
                teams);
    }
}
