package dev.resentry.query.signon;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Duty;
import dev.resentry.query.access.Role;
import dev.resentry.query.access.Via;
import dev.resentry.query.auth.NewPassword;
import dev.resentry.storage.user.NewUser;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserIdentityStore;
import dev.resentry.storage.user.UserStore;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Which user somebody is who comes from the provider: the one with their issuer and subject. Who comes for the first time is joined to the
 * account with their e-mail if the provider has verified that, and else becomes a new user where that is wanted.
 */
final class SignOnAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(SignOnAccounts.class);

    private final UserStore users;
    private final UserIdentityStore identities;
    private final ClaimedRole roles;
    private final boolean autoCreate;
    private final PasswordEncoder passwords;
    private final AuditLog audit;
    private final InstantSource clock;

    SignOnAccounts(
            UserStore users,
            UserIdentityStore identities,
            ClaimedRole roles,
            boolean autoCreate,
            PasswordEncoder passwords,
            AuditLog audit,
            InstantSource clock) {
        this.users = users;
        this.identities = identities;
        this.roles = roles;
        this.autoCreate = autoCreate;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The user, in the role that the claims give.
     *
     * @throws SignOnException if they may not come in
     */
    User of(OidcUser claims, String address) {
        Role role = roles.isClaimed()
                ? roles.of(claims.getClaims())
                        .orElseThrow(() ->
                                new SignOnException(SignOnFault.NO_ROLE, "no value of the claim stands in OIDC_ROLES"))
                : null;
        return audit.inTransaction(() -> {
            String issuer = String.valueOf(claims.getIssuer());
            User user = identities.find(issuer, subject(claims)).orElseGet(() -> join(issuer, claims, role, address));
            if (!user.active()) {
                throw new SignOnException(SignOnFault.INACTIVE, "the user is switched off");
            }
            return role == null ? user : inRole(user, role, address);
        });
    }

    private static String subject(OidcUser claims) {
        String subject = claims.getSubject();
        if (subject == null) {
            throw new SignOnException(SignOnFault.INVALID, "the token names no subject");
        }
        return subject;
    }

    private User join(String issuer, OidcUser claims, @Nullable Role role, String address) {
        String email = claims.getEmail();
        if (email == null || email.isBlank() || !Boolean.TRUE.equals(claims.getEmailVerified())) {
            throw new SignOnException(SignOnFault.EMAIL_UNVERIFIED, "the provider has verified no e-mail of the user");
        }
        User user = users.findByEmail(email).orElseGet(() -> create(email, claims, role, address));
        if (identities.isKnown(issuer, user.id())) {
            throw new SignOnException(SignOnFault.OTHER_IDENTITY, "the account is joined to another subject");
        }
        identities.add(issuer, subject(claims), user.id(), clock.instant());
        audit.record(
                actor(user, address),
                "user.identity_joined",
                target(user),
                null,
                Map.of("issuer", issuer, "subject", subject(claims)));
        return user;
    }

    private User create(String email, OidcUser claims, @Nullable Role role, String address) {
        if (!autoCreate) {
            throw new SignOnException(SignOnFault.NO_ACCOUNT, "there is no user with the e-mail");
        }
        String name = claims.getFullName() == null ? "" : claims.getFullName();
        String given = (role == null ? Role.VIEWER : role).wireName();
        // Nobody knows the password; a link for a new one makes it theirs.
        String hash = String.valueOf(passwords.encode(NewPassword.random()));
        long id = users.add(new NewUser(email, name, given, hash, false, false), clock.instant());
        User user = users.find(id).orElseThrow();
        audit.record(actor(user, address), "user.created", target(user), null, Map.of("email", email, "role", given));
        return user;
    }

    private User inRole(User user, Role role, String address) {
        if (user.role().equals(role.wireName())) {
            return user;
        }
        String owner = Role.OWNER.wireName();
        if (user.role().equals(owner) && users.lockActive(owner) == 1) {
            LOG.atWarn()
                    .addKeyValue("user", user.id())
                    .log("The claims make the last owner something else, who stays owner");
            return user;
        }
        if (!users.changeRole(user.id(), role.wireName())) {
            throw new SignOnException(SignOnFault.INACTIVE, "the user was deactivated meanwhile");
        }
        audit.record(
                actor(user, address),
                "user.changed",
                target(user),
                Map.of("role", user.role()),
                Map.of("role", role.wireName()));
        return users.find(user.id()).orElseThrow();
    }

    private static Actor actor(User user, String address) {
        Role role = Role.of(user.role()).orElse(Role.VIEWER);
        return new Actor(
                user.id(), user.email(), user.name(), role, role.scopes(), Via.SINGLE_SIGN_ON, 0, address, Duty.NONE);
    }

    private static AuditLog.Target target(User user) {
        return new AuditLog.Target("user", user.id(), user.email());
    }
}
