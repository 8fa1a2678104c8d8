package dev.resentry.service.report;

import dev.resentry.model.project.Dsn;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Resentry reports its own errors.
 *
 * @param dsn of any tracker that speaks to Sentry's SDKs, this one too; empty: nowhere
 * @param environment what reports call it; empty: the mode
 * @param release what reports call it; empty: that of the build
 * @param mode {@code development} or {@code production}
 */
@ConfigurationProperties("resentry.error-reports")
public record ErrorReportSettings(
        @DefaultValue("") String dsn,
        @DefaultValue("") String environment,
        @DefaultValue("") String release,
        @DefaultValue("development") String mode) {

    public ErrorReportSettings {
        if (!dsn.isBlank() && Dsn.parse(dsn).isEmpty()) {
            throw new IllegalArgumentException("SENTRY_DSN: no DSN (expected: https://key@host/project)");
        }
    }

    Optional<Dsn> target() {
        return Dsn.parse(dsn);
    }

    boolean isProduction() {
        return mode.equals("production");
    }

    @Override
    public String toString() {
        return "ErrorReportSettings[environment=%s, release=%s]".formatted(environment, release);
    }
}
