package dev.resentry.query.auth;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.error.ErrorAnswer;
import dev.resentry.query.error.ErrorCode;
import dev.resentry.storage.secret.SecretStore;
import dev.resentry.storage.user.UserStore;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** Everything wants a token but health, the login, and the documentation. */
@Configuration(proxyBeanMethods = false)
public class AuthConfiguration {
    private static final String[] OPEN = {
        "/health/**",
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

    @Bean
    SecurityFilterChain querySecurity(HttpSecurity http, JwtDecoder decoder, JsonMapper json) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder))
                        .authenticationEntryPoint((_, response, _) -> write(
                                response,
                                json,
                                ErrorAnswer.of(
                                        ErrorCode.UNAUTHORIZED,
                                        "A valid access token is needed, as header Authorization: Bearer"))))
                .exceptionHandling(errors -> errors.accessDeniedHandler((_, response, _) ->
                        write(response, json, ErrorAnswer.of(ErrorCode.FORBIDDEN, "The token does not allow this"))))
                .build();
    }

    private static void write(HttpServletResponse response, JsonMapper json, ErrorAnswer answer) throws IOException {
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
