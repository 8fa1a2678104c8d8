package dev.resentry.query.user;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AllowedToPeople;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserIdentity;
import dev.resentry.storage.user.UserIdentityStore;
import dev.resentry.storage.user.UserStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Who users are to a provider of OpenID Connect. A user who is released is joined anew when somebody comes from the provider whose e-mail is
 * that of the account.
 */
@NativeApi
@Tag(name = "Users")
class UserIdentityController {
    private final UserStore users;
    private final UserIdentityStore identities;
    private final SessionStore sessions;
    private final AuditLog audit;
    private final boolean passwordLogin;

    /** @param passwordLogin whether a password lets anyone in */
    UserIdentityController(
            UserStore users,
            UserIdentityStore identities,
            SessionStore sessions,
            AuditLog audit,
            boolean passwordLogin) {
        this.users = users;
        this.identities = identities;
        this.sessions = sessions;
        this.audit = audit;
        this.passwordLogin = passwordLogin;
    }

    /**
     * Who an account is to a provider.
     *
     * @param issuer the provider
     * @param subject what it calls the user
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "AccountIdentity")
    record IdentityAnswer(String issuer, String subject, Instant createdAt) {
        static IdentityAnswer of(UserIdentity identity) {
            return new IdentityAnswer(identity.issuer(), identity.subject(), identity.createdAt());
        }
    }

    @GetMapping("/api/v1/account/identities")
    @AllowedToPeople
    List<IdentityAnswer> list(Actor actor) {
        return identities.ofUser(actor.userId()).stream()
                .map(IdentityAnswer::of)
                .toList();
    }

    /**
     * Releases the own account from the provider, and ends the sessions that began there. It is refused where nothing else would let the user
     * in.
     */
    @DeleteMapping("/api/v1/account/identities")
    @AllowedToPeople
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void releaseOwn(Actor actor) {
        User user = existing(actor.userId());
        if (!passwordLogin) {
            throw ApiException.conflict(
                    "identities", "passwords let nobody in here, so that nothing else would let you in");
        }
        if (!user.hasPassword()) {
            throw ApiException.conflict(
                    "identities", "you have no password to log in with; have a link for a new one sent to you first");
        }
        release(actor, user);
    }

    /** Releases a user from the provider, and ends the sessions that began there. */
    @DeleteMapping("/api/v1/users/{id}/identities")
    @Allowed(Scope.MEMBER_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(@PathVariable long id, Actor actor) {
        if (id == actor.userId()) {
            throw ApiException.forbidden("Your own account is released as such: DELETE /api/v1/account/identities");
        }
        release(actor, Roles.requireMayChange(actor, existing(id)));
    }

    private void release(Actor actor, User user) {
        audit.doInTransaction(() -> {
            List<IdentityAnswer> before = identities.ofUser(user.id()).stream()
                    .map(IdentityAnswer::of)
                    .toList();
            if (before.isEmpty()) {
                throw ApiException.notFound("identity of user", user.id());
            }
            identities.removeAll(user.id());
            sessions.endSingleSignOn(user.id());
            audit.record(
                    actor,
                    "user.identity_released",
                    new AuditLog.Target("user", user.id(), user.email()),
                    Map.of("identities", before),
                    null);
        });
    }

    private User existing(long id) {
        return users.find(id).orElseThrow(() -> ApiException.notFound("user", id));
    }
}
