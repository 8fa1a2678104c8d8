package dev.resentry.query.auth;

import dev.resentry.model.envelope.IngestRoutes;
import dev.resentry.query.QuerySettings;
import dev.resentry.query.error.ApiErrorResponse;
import dev.resentry.query.error.ErrorCode;
import dev.resentry.storage.secret.SecretStore;
import dev.resentry.storage.user.UserStore;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/** Everything wants a token but the start page, health, metrics, the login, and the documentation. */
@Configuration(proxyBeanMethods = false)
public class AuthConfiguration {
    private static final String[] OPEN = {
        "/",
        "/health/**",
        "/metrics",
        "/api/v1/auth/login",
        "/docs/**",
        "/swagger-ui/**",
        "/redoc/**",
        "/webjars/**",
        "/openapi/**",
        "/openapi.json",
        "/openapi.yaml",
        "/error"
    };

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
        for (String path : OPEN) {
            open.add(paths.matcher(path));
        }
        // What SDKs send as Authorization is for the gateway, also where it shares a process with the API.
        open.add(request -> IngestRoutes.contains(request.getMethod(), request.getRequestURI()));
        return stateless(http)
                .securityMatcher(new OrRequestMatcher(open))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain queryGuardedPaths(HttpSecurity http, JwtDecoder decoder, JsonMapper json) throws Exception {
        return stateless(http)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder))
                        .authenticationEntryPoint((_, response, _) -> write(
                                response,
                                json,
                                ApiErrorResponse.of(
                                        ErrorCode.UNAUTHORIZED,
                                        "A valid access token is needed, as header Authorization: Bearer"))))
                .exceptionHandling(errors -> errors.accessDeniedHandler((_, response, _) -> write(
                        response, json, ApiErrorResponse.of(ErrorCode.FORBIDDEN, "The token does not allow this"))))
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

    private static void write(HttpServletResponse response, JsonMapper json, ApiErrorResponse answer)
            throws IOException {
        response.setStatus(answer.statusCode());
        response.setContentType("application/json");
        if (answer.statusCode() == ErrorCode.UNAUTHORIZED.status()) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.getOutputStream().write(json.writeValueAsBytes(answer));
    }

    @Bean
    JwtDecoder jwtDecoder(AccessTokens tokens) {
        return tokens.decoder();
    }

    @Bean
    AccessTokens accessTokens(QuerySettings settings, SecretStore secrets) {
        String secret = settings.secretKey().isBlank()
                ? secrets.findOrMake("secret-key", AuthConfiguration::randomSecret)
                : settings.secretKey();
        return new AccessTokens(secret, Clock.systemUTC());
    }

    private static String randomSecret() {
        byte[] bytes = new byte[48];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    LoginController loginController(
            UserStore users, PasswordEncoder passwords, AccessTokens tokens, QuerySettings settings) {
        return new LoginController(users, passwords, tokens, settings.accessTokenLifetime());
    }
}
