package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Gives users a new password, and ends what the old one had opened. Tokens of programs stay. */
public final class PasswordChange {
    private final UserStore users;
    private final SessionStore sessions;
    private final PasswordEncoder passwords;
    private final SecondFactors factors;
    private final LoginThrottle throttle;
    private final AuditLog audit;

    PasswordChange(
            UserStore users,
            SessionStore sessions,
            PasswordEncoder passwords,
            SecondFactors factors,
            LoginThrottle throttle,
            AuditLog audit) {
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
        this.factors = factors;
        this.throttle = throttle;
        this.audit = audit;
    }

    /**
     * Changes a password; what it does joins the caller's transaction.
     *
     * @param sessionId the session that stays; 0 for none
     */
    public void change(Actor actor, User user, String password, long sessionId) {
        String hash = String.valueOf(passwords.encode(password));
        audit.doInTransaction(() -> {
            users.changePassword(user.id(), hash);
            sessions.endAll(user.id(), sessionId);
            if (!factors.isOn(user.id())) {
                // Else some of the failures may be guesses at codes.
                throttle.forget(user.email());
            }
            audit.record(
                    actor, "user.password_changed", new AuditLog.Target("user", user.id(), user.email()), null, null);
        });
    }
}
