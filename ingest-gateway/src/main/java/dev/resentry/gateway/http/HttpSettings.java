package dev.resentry.gateway.http;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long senders may take, and how many there may be.
 *
 * @param port 0 for any that is free
 * @param threads event loops; 0 for one for each core
 * @param maxConnections above it, new connections are closed
 * @param headerTimeout from the first byte of a request to the last of its headers
 * @param bodyIdleTimeout between two pieces of a body
 * @param minBodyRate bytes a second that a body comes with on average, after a grace of {@code bodyIdleTimeout}
 * @param keepAliveTimeout how long a connection may wait for its next request
 * @param roomTimeout how long a body waits for room in memory
 * @param stopTimeout how long a stop waits for requests under way
 * @param stopDelay how long a stop goes on to take connections, so that whoever spreads the load sees that this gateway is
 *     not ready any more
 * @param trustedProxies from whom {@code X-Forwarded-For} is believed, see {@link TrustedProxies#of}
 */
@Validated
@ConfigurationProperties("resentry.gateway.http")
public record HttpSettings(
        @Min(0) @Max(65535) @DefaultValue("8081") int port,
        @Min(0) @DefaultValue("0") int threads,
        @Min(1) @DefaultValue("20000") int maxConnections,
        @NotNull @DefaultValue("10s") Duration headerTimeout,
        @NotNull @DefaultValue("15s") Duration bodyIdleTimeout,
        @NotNull @DefaultValue("512B") DataSize minBodyRate,
        @NotNull @DefaultValue("75s") Duration keepAliveTimeout,
        @NotNull @DefaultValue("2s") Duration roomTimeout,
        @NotNull @DefaultValue("15s") Duration stopTimeout,
        @NotNull @DefaultValue("0s") Duration stopDelay,
        @NotNull @DefaultValue({"loopback", "private"}) List<String> trustedProxies) {

    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
        // A word that is misspelt must not go unnoticed until an address is wrong.
        var _ = TrustedProxies.of(trustedProxies);
    }
}
