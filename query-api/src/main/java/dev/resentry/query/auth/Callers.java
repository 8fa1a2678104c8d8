package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Duty;
import dev.resentry.query.access.Role;
import dev.resentry.query.access.Scope;
import dev.resentry.query.access.Via;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.organization.OrganizationToken;
import dev.resentry.storage.user.ApiToken;
import dev.resentry.storage.user.CredentialOfUser;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserSession;
import dev.resentry.storage.user.UserStore;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** Finds out who makes a request. What gives access is looked up each time, so that an end of it holds at once. */
final class Callers {
    private static final String BEARER = "bearer ";
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private final AccessTokens tokens;
    private final ApiTokens apiTokens;
    private final OrganizationTokens organizationTokens;
    private final BrowserSessions sessions;
    private final SessionStore sessionStore;
    private final UserStore users;
    private final InstantSource clock;

    Callers(
            AccessTokens tokens,
            ApiTokens apiTokens,
            OrganizationTokens organizationTokens,
            BrowserSessions sessions,
            SessionStore sessionStore,
            UserStore users,
            InstantSource clock) {
        this.tokens = tokens;
        this.apiTokens = apiTokens;
        this.organizationTokens = organizationTokens;
        this.sessions = sessions;
        this.sessionStore = sessionStore;
        this.users = users;
        this.clock = clock;
    }

    /**
     * The maker of a request; empty if it brings nothing that says so.
     *
     * @throws ApiException if what it brings is not valid, is used too often, or may be another site's doing
     */
    Optional<Actor> of(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return BrowserSessions.token(request).map(token -> browser(token, request));
        }
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(bearer(authorization.substring(BEARER.length()).strip(), request.getRemoteAddr())
                        .orElseThrow(() -> ApiException.unauthorized("The token is not valid, or not any more")))
                : Optional.empty();
    }

    private Actor browser(SecretToken token, HttpServletRequest request) {
        CredentialOfUser<UserSession> found = sessions.find(token)
                .filter(credential -> credential.user().active())
                .orElseThrow(Callers::sessionEnded);
        UserSession session = found.credential();
        BrowserSessions.requireOwnPage(request, token);
        Instant now = clock.instant();
        if (session.lastSeenAt().plus(SEEN_EVERY).isBefore(now)) {
            sessionStore.seen(session.id(), now);
        }
        // Who came by a provider used no password, and was asked for other factors there.
        Duty duty = session.singleSignOn() ? Duty.NONE : duty(found.user());
        return person(found.user(), Via.SESSION, session.id(), request.getRemoteAddr(), duty);
    }

    private static ApiException sessionEnded() {
        return ApiException.unauthorized("The session has ended; log in again");
    }

    private Optional<Actor> bearer(String token, String address) {
        if (ApiTokens.isOne(token)) {
            return apiTokens
                    .use(token)
                    .filter(found -> found.user().active())
                    .map(found -> program(found.credential(), found.user(), address));
        }
        if (OrganizationTokens.isOne(token)) {
            return organizationTokens.use(token).map(found -> build(found, address));
        }
        return tokens.read(token).flatMap(bearer -> switch (bearer) {
            case AccessTokens.CommandLine() -> Optional.of(Actor.commandLine(address));
            case AccessTokens.Person person ->
                users.find(person.userId())
                        .filter(user -> user.active() && user.tokenGeneration() == person.generation())
                        .map(user -> person(
                                user, Via.JWT, 0, address, user.lacksSecondFactor() ? Duty.SECOND_FACTOR : Duty.NONE));
        });
    }

    private Actor person(User user, Via via, long credentialId, String address, Duty duty) {
        seen(user);
        Role role = role(user);
        return new Actor(user.id(), user.email(), user.name(), role, role.scopes(), via, credentialId, address, duty);
    }

    private static Duty duty(User user) {
        if (user.mustChangePassword()) {
            return Duty.NEW_PASSWORD;
        }
        return user.lacksSecondFactor() ? Duty.SECOND_FACTOR : Duty.NONE;
    }

    private Actor program(ApiToken token, User user, String address) {
        seen(user);
        Role role = role(user);
        Set<Scope> scopes = token.scopes().stream()
                .flatMap(word -> Scope.of(word).stream())
                .filter(role.scopes()::contains)
                .collect(Collectors.toSet());
        return new Actor(
                user.id(), user.email(), user.name(), role, scopes, Via.API_TOKEN, token.id(), address, Duty.NONE);
    }

    /** Sees all projects, as the token is of the whole organization; what it may do is little. */
    private static Actor build(OrganizationToken token, String address) {
        return new Actor(
                Actor.NOBODY,
                token.name(),
                token.name(),
                Role.ADMIN,
                Set.of(Scope.ORG_CI),
                Via.ORGANIZATION_TOKEN,
                token.id(),
                address,
                Duty.NONE);
    }

    private void seen(User user) {
        Instant now = clock.instant();
        if (user.lastSeenAt() == null || user.lastSeenAt().plus(SEEN_EVERY).isBefore(now)) {
            users.seen(user.id(), now);
        }
    }

    /** A role that a later release wrote is one that this one does not know, and so the least. */
    private static Role role(User user) {
        return Role.of(user.role()).orElse(Role.VIEWER);
    }
}
