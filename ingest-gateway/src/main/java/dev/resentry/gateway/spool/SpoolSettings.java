package dev.resentry.gateway.spool;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where and how much a gateway keeps while Kafka is away.
 *
 * @param enabled whether anything is appended; what is there from earlier is drained either way
 * @param directory where spools lie, each in a numbered directory that one process holds
 * @param slots how many processes may have spools in the directory
 * @param maxBytes the most that one process's spool takes on the disk
 * @param maxAge nothing more is accepted while the oldest waiting envelope is older; nothing accepted is ever deleted for it
 * @param minFree nothing is written while the disk has less room left
 * @param hold how long an envelope waits for Kafka before it is spooled
 */
@Validated
@ConfigurationProperties("resentry.gateway.spool")
public record SpoolSettings(
        @DefaultValue("true") boolean enabled,
        @NotNull @DefaultValue("spool") Path directory,
        @Min(1) @Max(1000) @DefaultValue("16") int slots,
        @NotNull @DefaultValue("1GB") DataSize maxBytes,
        @NotNull @DefaultValue("24h") Duration maxAge,
        @NotNull @DefaultValue("256MB") DataSize minFree,
        @NotNull @DefaultValue("2s") Duration hold) {
    private static final DataSize LEAST_BYTES = DataSize.ofMegabytes(1);

    public SpoolSettings {
        if (maxBytes.compareTo(LEAST_BYTES) < 0) {
            throw new IllegalArgumentException(
                    "resentry.gateway.spool.max-bytes: %s (expected: at least %s)".formatted(maxBytes, LEAST_BYTES));
        }
        if (maxAge.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "resentry.gateway.spool.max-age: %s (expected: at least PT1S)".formatted(maxAge));
        }
        if (minFree.isNegative()) {
            throw new IllegalArgumentException(
                    "resentry.gateway.spool.min-free: %s (expected: 0 or more)".formatted(minFree));
        }
        if (hold.isNegative()) {
            throw new IllegalArgumentException(
                    "resentry.gateway.spool.hold: %s (expected: PT0S or more)".formatted(hold));
        }
    }
}
