package dev.resentry.storage.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How PostgreSQL is reached.
 *
 * @param url {@code postgresql://user:password@host:port/name}; if it is given, the single values below it do not count
 * @param poolSize how many connections one process holds at most
 * @param connectTimeout how long a caller waits for a connection before it is told that there is none
 * @param environment whether this process may change the schema
 */
@Validated
@ConfigurationProperties("resentry.database")
public record DatabaseSettings(
        @DefaultValue("") String url,
        @NotBlank @DefaultValue("localhost") String host,
        @Min(1) @Max(65535) @DefaultValue("5432") int port,
        @NotBlank @DefaultValue("resentry") String name,
        @NotBlank @DefaultValue("resentry") String user,
        @DefaultValue("") String password,
        @Min(2) @DefaultValue("10") int poolSize,
        @NotNull @DefaultValue("5s") Duration connectTimeout,
        @NotNull @DefaultValue("development") Environment environment) {

    /** Who is in charge of the schema. */
    public enum Environment {
        /** A service brings the schema up to date when it starts. */
        DEVELOPMENT,
        /** A service refuses to start on a schema that is not current; a command migrates. */
        PRODUCTION
    }

    /**
     * The address, from whichever form was given.
     *
     * @throws IllegalArgumentException if the URL is not one of PostgreSQL's; the message says what is wrong
     */
    public DatabaseAddress address() {
        return url.isBlank() ? new DatabaseAddress(host, port, name, user, password, "") : DatabaseAddress.parse(url);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[%s, environment=%s]".formatted(address(), environment);
    }
}
