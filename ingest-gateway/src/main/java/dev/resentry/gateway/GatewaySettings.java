package dev.resentry.gateway;

import dev.resentry.gateway.admission.BytesInFlight;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What a gateway takes in.
 *
 * @param maxBodySize the largest body, as it is sent; below the largest record of the topic
 * @param maxBytesInFlight how many bytes of bodies are in memory at once, at most; by default a quarter of the heap, 256 MB at
 *     most and one body of the largest size at least; a sixteenth of it is for small ones
 * @param acknowledgeWithin how long a request waits for Kafka before it is told that its envelope is not kept
 * @param awaitProjects how long a start waits for the projects before it listens; the health page says what is missing then
 * @param name what the ledger calls this gateway; the name of its host if it is empty
 */
@Validated
@ConfigurationProperties("resentry.gateway")
public record GatewaySettings(
        @NotNull @DefaultValue("20MB") DataSize maxBodySize,
        @Nullable DataSize maxBytesInFlight,
        @NotNull @DefaultValue("10s") Duration acknowledgeWithin,
        @NotNull @DefaultValue("5s") Duration awaitProjects,
        @NotNull @DefaultValue("") String name) {
    private static final long MOST_IN_FLIGHT = DataSize.ofMegabytes(256).toBytes();

    public GatewaySettings {
        long least = BytesInFlight.leastMaximumFor(maxBodySize.toBytes());
        if (maxBytesInFlight != null && maxBytesInFlight.toBytes() < least) {
            throw new IllegalArgumentException(
                    "resentry.gateway.max-bytes-in-flight: %s (expected: at least %dB, as max-body-size is %s)"
                            .formatted(maxBytesInFlight, least, maxBodySize));
        }
    }

    /** What the ledger calls this gateway. */
    public String instanceName() {
        if (!name.isBlank()) {
            return name;
        }
        String host = System.getenv("HOSTNAME");
        if (host != null && !host.isBlank()) {
            return host;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "unnamed";
        }
    }

    /** How many bytes of bodies are in memory at once, at most. */
    public long bytesInFlight() {
        if (maxBytesInFlight != null) {
            return maxBytesInFlight.toBytes();
        }
        long quarter = Runtime.getRuntime().maxMemory() / 4;
        return Math.max(BytesInFlight.leastMaximumFor(maxBodySize.toBytes()), Math.min(quarter, MOST_IN_FLIGHT));
    }
}
