package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Checks an e-mail and a password. */
final class PasswordLogin {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordLogin.class);

    private final UserStore users;
    private final PasswordEncoder passwords;
    private final LoginThrottle throttle;
    private final String nobodysHash;

    PasswordLogin(UserStore users, PasswordEncoder passwords, LoginThrottle throttle) {
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
        this.nobodysHash = String.valueOf(passwords.encode("nobody's password"));
    }

    /**
     * The active user who has this password. An unknown address takes as long as a wrong password and gets the same answer, so that
     * addresses cannot be found out. The attempt counts as failed until the throttle is told otherwise.
     *
     * @param address of the client
     * @throws ApiException unauthorized, or rate limited after too many failures
     */
    User begin(String email, String password, String address) {
        throttle.begin(email, address);
        User user = users.findByEmail(email).orElse(null);
        boolean matches = passwords.matches(password, user == null ? nobodysHash : user.passwordHash());
        if (user == null || !user.active() || !matches) {
            LOG.atInfo().addKeyValue("address", address).log("A login failed");
            throw ApiException.unauthorized("The e-mail or the password is wrong");
        }
        if (passwords.upgradeEncoding(user.passwordHash())) {
            users.upgradeHash(user, String.valueOf(passwords.encode(password)));
        }
        return user;
    }

    /**
     * Has somebody who is logged in prove that they know the password.
     *
     * @param field that holds it
     */
    User confirm(Actor actor, String field, String password) {
        User user = beginConfirming(actor, field, password);
        // The failures before are not forgotten: some may be guesses at codes.
        throttle.takeBack(actor.email(), String.valueOf(actor.ipAddress()));
        return user;
    }

    /** Does the same, as a beginning. */
    User beginConfirming(Actor actor, String field, String password) {
        try {
            return begin(actor.email(), password, String.valueOf(actor.ipAddress()));
        } catch (ApiException e) {
            // The login itself is good, so that a 401 would be wrong; too many guesses stay what they are.
            throw e.retryAfter() == null ? ApiException.invalid(field, "not the current password") : e;
        }
    }
}
