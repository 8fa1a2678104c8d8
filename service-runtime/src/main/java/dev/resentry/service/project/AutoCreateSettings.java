package dev.resentry.service.project;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether a report for a project that is not there has it made (features, E2). Gateways that ask and the API that makes
 * projects must be told the same.
 *
 * @param autoCreate nothing stands for what the environment says
 * @param environment {@code development} is where projects are made unless told otherwise
 */
@ConfigurationProperties("resentry.projects")
public record AutoCreateSettings(
        @Nullable Boolean autoCreate,
        @DefaultValue("development") String environment) {

    /** Whether missing projects are made. */
    public boolean isOn() {
        return autoCreate == null ? environment.equalsIgnoreCase("development") : autoCreate;
    }
}
