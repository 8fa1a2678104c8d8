package dev.resentry.service.http;

import java.util.Arrays;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where requests may go that people have us make.
 *
 * @param allowPrivate whether addresses of this machine and of private networks may be reached
 * @param allowedNetworks ranges that may be reached whatever they are, separated by commas
 */
@Validated
@ConfigurationProperties("resentry.targets")
public record TargetSettings(
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue("") String allowedNetworks) {

    public TargetSettings {
        try {
            networks(allowedNetworks);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("RESENTRY_ALLOWED_NETWORKS: " + e.getMessage(), e);
        }
    }

    public TargetRules rules() {
        return new TargetRules(allowPrivate, networks(allowedNetworks));
    }

    private static List<Network> networks(String texts) {
        return Arrays.stream(texts.split(",", -1))
                .filter(text -> !text.isBlank())
                .map(Network::parse)
                .toList();
    }
}
