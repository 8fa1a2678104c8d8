package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.user.User;
import org.jspecify.annotations.Nullable;

/** Lets people in by a password and, where they have a second factor, a code. Both are one attempt to the throttle. */
final class Login {
    private static final String WRONG_CODE = "The code is wrong, or was used before";

    private final PasswordLogin passwords;
    private final SecondFactors factors;
    private final LoginThrottle throttle;
    private final boolean takesPasswords;

    /** @param takesPasswords whether a password lets anyone in */
    Login(PasswordLogin passwords, SecondFactors factors, LoginThrottle throttle, boolean takesPasswords) {
        this.passwords = passwords;
        this.factors = factors;
        this.throttle = throttle;
        this.takesPasswords = takesPasswords;
    }

    /**
     * The active user of a password and a code.
     *
     * @param code null where none is known to be needed
     * @param address of the client
     * @throws ApiException that a code is missing; unauthorized; or rate limited after too many failures
     */
    User logIn(String email, String password, @Nullable String code, String address) {
        if (!takesPasswords) {
            throw ApiException.forbidden("Passwords let nobody in here; log in by single sign-on");
        }
        User user = passwords.begin(email, password, address);
        if (factors.isOn(user.id())) {
            if (code == null || code.isBlank()) {
                // Not forgotten as a whole, so that who knows the password cannot guess codes without end.
                throttle.takeBack(email, address);
                throw ApiException.secondFactorRequired();
            }
            if (!factors.take(user.id(), code)) {
                throw ApiException.unauthorized("code", WRONG_CODE);
            }
        }
        throttle.succeeded(email, address);
        return user;
    }

    /** Has somebody who is logged in prove both again. */
    void confirm(Actor actor, String password, String code) {
        passwords.beginConfirming(actor, "password", password);
        if (!factors.take(actor.userId(), code)) {
            throw ApiException.invalid("code", WRONG_CODE);
        }
        throttle.succeeded(actor.email(), String.valueOf(actor.ipAddress()));
    }
}
