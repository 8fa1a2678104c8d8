package dev.resentry.service.mail;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The server that takes mail.
 *
 * @param host empty if there is none: mail is printed to the log then
 * @param username empty to log in as nobody
 * @param from the sender, as an address or as {@code Name <address>}
 * @param startTls whether the connection must become encrypted before anything is said
 * @param tls whether it is from the beginning
 * @param timeout of each step of the conversation
 */
@Validated
@ConfigurationProperties("resentry.mail")
public record MailSettings(
        @DefaultValue("") String host,
        @Min(1) @Max(65535) @DefaultValue("587") int port,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("") String from,
        @DefaultValue("true") boolean startTls,
        @DefaultValue("false") boolean tls,
        @NotNull @DefaultValue("10s") Duration timeout) {
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern SENDER = Pattern.compile(
            "[^<>@\\s\\p{Cntrl}]+@[^<>@\\s\\p{Cntrl}]+|[^<>\\p{Cntrl}]*<[^<>@\\s\\p{Cntrl}]+@[^<>@\\s\\p{Cntrl}]+>");

    public MailSettings {
        if (!host.isBlank() && !SENDER.matcher(from.strip()).matches()) {
            throw new IllegalArgumentException(
                    "EMAIL_FROM: '%s' (expected: an address or Name <address>, as EMAIL_HOST is set)".formatted(from));
        }
        if (!timeout.isPositive() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "EMAIL_TIMEOUT: %s (expected: above 0, up to %s)".formatted(timeout, MAX_TIMEOUT));
        }
    }

    /** Whether there is a server that takes mail. */
    public boolean isSetUp() {
        return !host.isBlank();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailSettings[%s:%d, from %s]".formatted(host, port, from);
    }
}
