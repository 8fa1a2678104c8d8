package dev.resentry.storage;

import dev.resentry.storage.audit.AuditStore;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.organization.OrganizationTokenStore;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.ApiTokenStore;
import dev.resentry.storage.user.InvitationStore;
import dev.resentry.storage.user.LoginFailures;
import dev.resentry.storage.user.PasswordResetStore;
import dev.resentry.storage.user.SecondFactorStore;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.UserIdentityStore;
import dev.resentry.storage.user.UserStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stores of who may do what, and of what they did. */
@Configuration(proxyBeanMethods = false)
public class AccessStorageConfiguration {

    @Bean
    UserStore userStore(JdbcClient jdbc) {
        return new UserStore(jdbc);
    }

    @Bean
    SessionStore sessionStore(JdbcClient jdbc) {
        return new SessionStore(jdbc);
    }

    @Bean
    SecondFactorStore secondFactorStore(JdbcClient jdbc) {
        return new SecondFactorStore(jdbc);
    }

    @Bean
    UserIdentityStore userIdentityStore(JdbcClient jdbc) {
        return new UserIdentityStore(jdbc);
    }

    @Bean
    ApiTokenStore apiTokenStore(JdbcClient jdbc) {
        return new ApiTokenStore(jdbc);
    }

    @Bean
    InvitationStore invitationStore(JdbcClient jdbc) {
        return new InvitationStore(jdbc);
    }

    @Bean
    PasswordResetStore passwordResetStore(JdbcClient jdbc) {
        return new PasswordResetStore(jdbc);
    }

    @Bean
    LoginFailures loginFailures(JdbcClient jdbc) {
        return new LoginFailures(jdbc);
    }

    @Bean
    TeamStore teamStore(JdbcClient jdbc) {
        return new TeamStore(jdbc);
    }

    @Bean
    OrganizationStore organizationStore(JdbcClient jdbc) {
        return new OrganizationStore(jdbc);
    }

    @Bean
    OrganizationTokenStore organizationTokenStore(JdbcClient jdbc) {
        return new OrganizationTokenStore(jdbc);
    }

    @Bean
    AuditStore auditStore(JdbcClient jdbc) {
        return new AuditStore(jdbc);
    }
}
