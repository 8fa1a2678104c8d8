package dev.resentry.query;

import jakarta.validation.constraints.Email;
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
 * @param secretKey signs tokens; empty means one that the installation makes for itself
 * @param accessTokenLifetime how long a login lasts
 * @param adminEmail the first administrator's address
 * @param adminPassword the first administrator's password; empty means one that is made up and printed once
 */
@Validated
@ConfigurationProperties("resentry.query")
public record QuerySettings(
        @NotNull @DefaultValue("http://localhost:9000") URI publicUrl,
        @DefaultValue("") String secretKey,
        @NotNull @DefaultValue("30m") Duration accessTokenLifetime,
        @NotBlank @Email @DefaultValue("admin@localhost") String adminEmail,
        @DefaultValue("") String adminPassword) {

    @Override
    public String toString() {
        return "QuerySettings[publicUrl=%s, accessTokenLifetime=%s, adminEmail=%s]"
                .formatted(publicUrl, accessTokenLifetime, adminEmail);
    }
}
