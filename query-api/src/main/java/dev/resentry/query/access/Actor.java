package dev.resentry.query.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request: a parameter of controller methods.
 *
 * @param userId {@link #NOBODY} for the command line and for tokens of the organization
 * @param email of the user; {@code cli} for the command line, the name of a token of the organization
 * @param scopes what this request may do: what the role allows, and of it only what the token has if it is one for a program
 * @param credentialId the session or token; 0 if it is neither
 * @param ipAddress where the request came from
 * @param duty what has to be done before anything else
 */
public record Actor(
        long userId,
        String email,
        String name,
        Role role,
        Set<Scope> scopes,
        Via via,
        long credentialId,
        @Nullable String ipAddress,
        Duty duty) {
    /** The user id of who is no user. */
    public static final long NOBODY = 0;

    /** The request attribute that holds the actor. */
    public static final String ATTRIBUTE = Actor.class.getName();

    public Actor {
        scopes = scopes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(scopes));
    }

    /** The owner of the machine, whose token is in the data directory. */
    public static Actor commandLine(@Nullable String ipAddress) {
        return new Actor(
                NOBODY,
                "cli",
                "Command line",
                Role.OWNER,
                Role.OWNER.scopes(),
                Via.COMMAND_LINE,
                0,
                ipAddress,
                Duty.NONE);
    }

    public boolean may(Scope wanted) {
        return scopes.stream().anyMatch(scope -> scope.includes(wanted));
    }

    /** Whether a person acts who logged in, and not a program. */
    public boolean isPerson() {
        return via == Via.SESSION || via == Via.JWT;
    }

    /** Whether a program acts by a token that was made for it. */
    public boolean isProgram() {
        return via == Via.API_TOKEN || via == Via.ORGANIZATION_TOKEN;
    }

    @Override
    public String toString() {
        return "Actor[%s, %s, %s]".formatted(email, role.wireName(), via.wireName());
    }
}
