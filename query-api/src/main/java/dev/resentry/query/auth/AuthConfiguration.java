package dev.resentry.query.auth;

import dev.resentry.model.envelope.IngestRoutes;
import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AccessConfiguration;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.organization.OrganizationTokenStore;
import dev.resentry.storage.secret.SecretStore;
import dev.resentry.storage.user.ApiTokenStore;
import dev.resentry.storage.user.LoginFailures;
import dev.resentry.storage.user.SecondFactorStore;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.UserStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may pass, and what proves who they are. Everything wants a login or a token but the start page, health, metrics, the login, what
 * links in invitations need, the web UI's files, and the documentation.
 */
@Configuration(proxyBeanMethods = false)
public class AuthConfiguration {
    private static final List<String> OPEN = List.of(
            "/",
            "/api/v1/auth/login",
            "/api/v1/auth/methods",
            "/api/v1/auth/oidc",
            "/api/v1/auth/oidc/*",
            "/api/health",
            "/api/v1/invitations/accept",
            "/api/v1/invitations/by-token/*",
            "/api/v1/password-resets",
            "/api/v1/password-resets/accept",
            // Who knows the secret of a source signs what it sends.
            "/webhooks/sentry",
            "/webhooks/sentry/*",
            // The web UI is files; what they ask for is guarded.
            "/ui",
            "/ui/**",
            // Addresses of issues in answers and in what clients print: they lead to the web UI, and tell nothing.
            "/organizations/*/issues/*",
            "/organizations/*/issues/*/events/*");

    /** Ticks as finely as the database keeps time. */
    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));

    /** The pages of the documentation need nothing from another host, and so may ask for nothing. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; img-src 'self' data:; font-src 'self' data:; "
                    + "style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; frame-ancestors 'none'";

    /** No token is looked at here: an expired one must not keep its bearer from the login. */
    @Bean
    @Order(1)
    SecurityFilterChain queryOpenPaths(HttpSecurity http) throws Exception {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        List<RequestMatcher> open = new ArrayList<>();
        OPEN.forEach(path -> open.add(paths.matcher(path)));
        // A login is open; who asks for or ends a session has one.
        open.add(paths.matcher(HttpMethod.POST, SessionController.PATH));
        AccessConfiguration.WITHOUT_RULES.forEach(path -> open.add(paths.matcher(path)));
        // What SDKs send as Authorization is for the gateway, also where it shares a process with the API.
        open.add(request -> IngestRoutes.contains(request.getMethod(), request.getRequestURI()));
        return stateless(http)
                .securityMatcher(new OrRequestMatcher(open))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain queryGuardedPaths(HttpSecurity http, Callers callers, UserStore users, JsonMapper json)
            throws Exception {
        var refusals = new RefusalWriter(json);
        // What an operation needs of its caller is said by its method, and held by AccessRules.
        return stateless(http)
                .addFilterBefore(new ActorFilter(callers, refusals), AuthorizationFilter.class)
                // Sentry's tools ask there who they are, and want to hear that they are nobody.
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/0")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, _) -> {
                    if (request.getServletPath().equals(SessionController.PATH)) {
                        // The login page says where the first password was printed, until someone has logged in.
                        response.setHeader("X-First-Login", Boolean.toString(users.nobodyWasSeen()));
                    }
                    refusals.write(
                            request,
                            response,
                            ApiException.unauthorized(
                                    "A login or a token is needed, the latter as header Authorization: Bearer"));
                }))
                .build();
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers ->
                        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    @Bean
    Callers callers(
            AccessTokens tokens,
            ApiTokens apiTokens,
            OrganizationTokens organizationTokens,
            BrowserSessions sessions,
            SessionStore sessionStore,
            UserStore users) {
        return new Callers(tokens, apiTokens, organizationTokens, sessions, sessionStore, users, CLOCK);
    }

    /** Spring Boot makes up a user and a password where there is none. */
    @Bean
    JwtDecoder jwtDecoder(AccessTokens tokens) {
        return tokens.decoder();
    }

    @Bean
    InstallationSecret installationSecret(QuerySettings settings, SecretStore secrets) {
        return new InstallationSecret(
                settings.secretKey().isBlank()
                        ? secrets.findOrMake("secret-key", AuthConfiguration::randomSecret)
                        : settings.secretKey());
    }

    @Bean
    AccessTokens accessTokens(InstallationSecret secret) {
        return new AccessTokens(secret.text(), Clock.systemUTC());
    }

    private static String randomSecret() {
        byte[] bytes = new byte[48];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new Passwords();
    }

    @Bean
    LoginThrottle loginThrottle(LoginFailures failures) {
        return new LoginThrottle(failures, CLOCK);
    }

    @Bean
    PasswordResetThrottle passwordResetThrottle(LoginFailures failures) {
        return new PasswordResetThrottle(failures, CLOCK);
    }

    @Bean
    PasswordLogin passwordLogin(UserStore users, PasswordEncoder passwords, LoginThrottle throttle) {
        return new PasswordLogin(users, passwords, throttle);
    }

    @Bean
    SecondFactors secondFactors(
            SecondFactorStore factors,
            InstallationSecret secret,
            LoginThrottle throttle,
            AuditLog audit,
            QuerySettings settings) {
        String issuer = "Resentry " + settings.publicUrl().getHost();
        return new SecondFactors(factors, new SealedBytes(secret, "second-factor"), throttle, audit, issuer, CLOCK);
    }

    @Bean
    Login login(PasswordLogin passwords, SecondFactors factors, LoginThrottle throttle, QuerySettings settings) {
        return new Login(passwords, factors, throttle, settings.passwordLogin());
    }

    @Bean
    SecondFactorController secondFactorController(SecondFactors factors, PasswordLogin passwords, Login login) {
        return new SecondFactorController(factors, passwords, login);
    }

    @Bean
    PasswordChange passwordChange(
            UserStore users,
            SessionStore sessions,
            PasswordEncoder passwords,
            SecondFactors factors,
            LoginThrottle throttle,
            AuditLog audit) {
        return new PasswordChange(users, sessions, passwords, factors, throttle, audit);
    }

    @Bean
    BrowserSessions browserSessions(SessionStore sessions, UserStore users, QuerySettings settings) {
        return new BrowserSessions(sessions, users, settings.sessionLifetime(), CLOCK);
    }

    @Bean
    ApiTokens apiTokens(ApiTokenStore tokens, QuerySettings settings) {
        return new ApiTokens(tokens, settings.requestsPerMinute(), CLOCK);
    }

    @Bean
    OrganizationTokens organizationTokens(OrganizationTokenStore tokens, QuerySettings settings) {
        return new OrganizationTokens(tokens, settings.requestsPerMinute(), CLOCK);
    }

    @Bean
    OrganizationTokenController organizationTokenController(
            OrganizationTokenStore tokens, OrganizationStore organizations, AuditLog audit, QuerySettings settings) {
        return new OrganizationTokenController(tokens, organizations, audit, settings.publicUrl(), CLOCK);
    }

    /** Versions of releases are in paths, and may hold a percent sign; nothing here decodes a path twice. */
    @Bean
    HttpFirewall pathFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }

    @Bean
    ApiTokenController apiTokenController(ApiTokenStore tokens, AuditLog audit) {
        return new ApiTokenController(tokens, audit, CLOCK);
    }

    @Bean
    LoginController loginController(Login login, AccessTokens tokens, QuerySettings settings) {
        return new LoginController(login, tokens, settings.accessTokenLifetime());
    }

    @Bean
    SessionController sessionController(
            Login login,
            BrowserSessions sessions,
            SessionStore store,
            UserStore users,
            OrganizationStore organizations) {
        return new SessionController(login, sessions, store, users, organizations);
    }

    @Bean
    AccountController accountController(
            UserStore users, SessionStore sessions, PasswordLogin login, PasswordChange passwords, AuditLog audit) {
        return new AccountController(users, sessions, login, passwords, audit, CLOCK);
    }
}
