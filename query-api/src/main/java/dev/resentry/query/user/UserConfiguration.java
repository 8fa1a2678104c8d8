package dev.resentry.query.user;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.auth.PasswordChange;
import dev.resentry.query.auth.PasswordResetThrottle;
import dev.resentry.query.delivery.Mails;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.InvitationStore;
import dev.resentry.storage.user.PasswordResetStore;
import dev.resentry.storage.user.SecondFactorStore;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.UserIdentityStore;
import dev.resentry.storage.user.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The API of users. */
@Configuration(proxyBeanMethods = false)
public class UserConfiguration {
    /** Ticks as finely as the database keeps time, so that what is answered reads back the same. */
    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));

    @Bean
    UserController userController(
            UserStore users,
            TeamStore teams,
            SessionStore sessions,
            SecondFactorStore factors,
            UserIdentityStore identities,
            AuditLog audit) {
        return new UserController(users, teams, sessions, factors, identities, audit);
    }

    @Bean
    UserIdentityController userIdentityController(
            UserStore users,
            UserIdentityStore identities,
            SessionStore sessions,
            AuditLog audit,
            QuerySettings settings) {
        return new UserIdentityController(users, identities, sessions, audit, settings.passwordLogin());
    }

    @Bean
    InvitationController invitationController(
            InvitationStore invitations,
            UserStore users,
            TeamStore teams,
            PasswordEncoder passwords,
            AuditLog audit,
            Mails mails,
            QuerySettings settings) {
        return new InvitationController(
                invitations, users, teams, passwords, audit, mails, settings.publicUrl(), CLOCK);
    }

    @Bean
    PasswordResetController passwordResetController(
            PasswordResetStore resets,
            UserStore users,
            PasswordChange passwords,
            PasswordResetThrottle throttle,
            AuditLog audit,
            Mails mails,
            QuerySettings settings) {
        return new PasswordResetController(
                resets, users, passwords, throttle, audit, mails, settings.publicUrl(), CLOCK);
    }
}
