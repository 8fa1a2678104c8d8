package dev.resentry.query.auth;

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
     * addresses cannot be found out.
     *
     * @param address of the client
     * @throws ApiException unauthorized, or rate limited after too many failures
     */
    User check(String email, String password, String address) {
        throttle.begin(email, address);
        User user = users.findByEmail(email).orElse(null);
        boolean matches = passwords.matches(password, user == null ? nobodysHash : user.passwordHash());
        if (user == null || !user.active() || !matches) {
            LOG.atInfo().addKeyValue("address", address).log("A login failed");
            throw ApiException.unauthorized("The e-mail or the password is wrong");
        }
        throttle.succeeded(email, address);
        if (passwords.upgradeEncoding(user.passwordHash())) {
            users.upgradeHash(user, String.valueOf(passwords.encode(password)));
        }
        return user;
    }
}
