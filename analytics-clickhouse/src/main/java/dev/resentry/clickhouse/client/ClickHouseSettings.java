package dev.resentry.clickhouse.client;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the copy is.
 *
 * @param url of the HTTP interface; empty if there is no copy
 * @param database is made if it is missing
 * @param reads whether the explorer asks it of itself
 */
@Validated
@ConfigurationProperties("resentry.clickhouse")
public record ClickHouseSettings(
        @NotNull
        @Pattern(regexp = "|https?://[^\\s/?#]+/?", message = "expected: http://host:port or https://host:port")
        @DefaultValue("")
        String url,

        @NotBlank @Pattern(regexp = "[^:]+", message = "expected: a name without colon") @DefaultValue("default")
        String user,

        @NotNull @DefaultValue("") String password,

        @NotNull
        @Pattern(
                regexp = "[A-Za-z_][A-Za-z0-9_]{0,62}",
                message = "expected: letters, digits and underscores, at most 63")
        @DefaultValue("resentry")
        String database,

        @DefaultValue("false") boolean reads) {

    /** Without the password, which is nobody's to read. */
    @Override
    public String toString() {
        return "ClickHouseSettings[url=%s, user=%s, database=%s, reads=%s]".formatted(url, user, database, reads);
    }
}
