package dev.resentry.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.auth.AccessTokens;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the API.
 *
 * @param publicUrl where SDKs and people reach this installation; DSNs are made from it
 * @param secretKey signs tokens, at least 32 bytes; empty means one that the installation makes for itself
 * @param accessTokenLifetime how long a login lasts
 * @param sessionLifetime how long a browser stays logged in
 * @param passwordLogin whether people may log in with a password; else only a provider of OpenID Connect lets them in
 * @param requestsPerMinute how many requests each API token may make, of each query-api
 * @param searchTimeout how long a statement of a search may take
 * @param adminEmail the first administrator's address
 * @param adminPassword the first administrator's password; empty means one that is made up and printed once
 */
@Validated
@ConfigurationProperties("resentry.query")
public record QuerySettings(
        @NotNull @DefaultValue("http://localhost:9000") URI publicUrl,
        @DefaultValue("") String secretKey,
        @NotNull @DefaultValue("30m") Duration accessTokenLifetime,
        @NotNull @DefaultValue("30d") Duration sessionLifetime,
        @DefaultValue("true") boolean passwordLogin,
        @Min(1) @DefaultValue("600") int requestsPerMinute,
        @NotNull @DefaultValue("10s") Duration searchTimeout,
        @NotBlank @Email @DefaultValue("admin@localhost") String adminEmail,
        @DefaultValue("") String adminPassword) {
    /** Below what a connection waits for the database at all. */
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(50);

    public QuerySettings {
        String scheme = publicUrl.getScheme();
        if (publicUrl.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "RESENTRY_PUBLIC_URL: '%s' (expected: http://host:port or https://host)".formatted(publicUrl));
        }
        int keyBytes = secretKey.getBytes(UTF_8).length;
        if (!secretKey.isBlank() && keyBytes < AccessTokens.MIN_KEY_BYTES) {
            throw new IllegalArgumentException("SECRET_KEY: %d bytes (expected: at least %d, or none)"
                    .formatted(keyBytes, AccessTokens.MIN_KEY_BYTES));
        }
        if (!accessTokenLifetime.isPositive()) {
            throw new IllegalArgumentException(
                    "ACCESS_TOKEN_EXPIRE_MINUTES: %d (expected: >= 1)".formatted(accessTokenLifetime.toMinutes()));
        }
        if (!sessionLifetime.isPositive()) {
            throw new IllegalArgumentException(
                    "RESENTRY_SESSION_LIFETIME: %s (expected: longer than nothing)".formatted(sessionLifetime));
        }
        if (!searchTimeout.isPositive() || searchTimeout.compareTo(LONGEST_SEARCH) > 0) {
            throw new IllegalArgumentException(
                    "RESENTRY_SEARCH_TIMEOUT: %s (expected: more than nothing, and %s at most)"
                            .formatted(searchTimeout, LONGEST_SEARCH));
        }
    }

    @Override
    public String toString() {
        return "QuerySettings[publicUrl=%s, accessTokenLifetime=%s, adminEmail=%s]"
                .formatted(publicUrl, accessTokenLifetime, adminEmail);
    }
}
