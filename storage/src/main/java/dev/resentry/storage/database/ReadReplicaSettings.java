package dev.resentry.storage.database;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * A streaming replica of the database, for reads of much that may be some moments old.
 *
 * @param url {@code postgresql://user:password@host:port/name}; empty if there is none
 * @param poolSize how many connections to it one process holds at most
 */
@Validated
@ConfigurationProperties("resentry.read-replica")
public record ReadReplicaSettings(
        @DefaultValue("") String url,
        @Min(1) @DefaultValue("10") int poolSize) {

    public boolean isGiven() {
        return !url.isBlank();
    }

    @Override
    public String toString() {
        return "ReadReplicaSettings[%s]".formatted(isGiven() ? DatabaseAddress.parse(url) : "none");
    }
}
