package dev.resentry.query.signon;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.auth.BrowserSessions;
import dev.resentry.query.auth.InstallationSecret;
import dev.resentry.query.auth.SealedBytes;
import dev.resentry.storage.user.UserIdentityStore;
import dev.resentry.storage.user.UserStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.json.JsonMapper;

/** Sign-on by a provider of OpenID Connect, and which ways to log in there are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OidcSettings.class)
public class SignOnConfiguration {
    /** Ticks as finely as the database keeps time. */
    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));

    @Bean
    OidcProvider oidcProvider(OidcSettings oidc, QuerySettings settings) {
        return new OidcProvider(oidc, settings.publicUrl().resolve(SignOnController.CALLBACK), CLOCK);
    }

    @Bean
    LoginMethodsController loginMethodsController(OidcSettings oidc, OidcProvider provider, QuerySettings settings) {
        if (!settings.passwordLogin() && !oidc.isOn()) {
            throw new IllegalArgumentException(
                    "PASSWORD_LOGIN: false, and OIDC_ISSUER is empty (expected: a way to log in)");
        }
        return new LoginMethodsController(oidc, provider, settings.passwordLogin());
    }

    @Bean
    SignOnController signOnController(
            OidcSettings oidc,
            OidcProvider provider,
            UserStore users,
            UserIdentityStore identities,
            PasswordEncoder passwords,
            BrowserSessions sessions,
            InstallationSecret secret,
            AuditLog audit,
            JsonMapper json,
            QuerySettings settings) {
        URI publicUrl = settings.publicUrl();
        return new SignOnController(
                oidc,
                provider,
                new SignOnAccounts(
                        users, identities, new ClaimedRole(oidc), oidc.autoCreate(), passwords, audit, CLOCK),
                sessions,
                new SealedBytes(secret, "sign-on"),
                json,
                publicUrl,
                CLOCK);
    }
}
