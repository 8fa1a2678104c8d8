package dev.resentry.query.uptime;

import dev.resentry.model.uptime.ExpectedStatus;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a check is to be. What is absent gets what it says here.
 *
 * @param project the slug or id of the project whose events outages become; needed for a new check, and cannot be changed
 * @param method {@code GET} (so if absent) or {@code HEAD}
 * @param intervalMinutes 5 if absent
 * @param timeoutSeconds how long the request may take as a whole, with its answer; 10 if absent
 * @param expectedStatus codes and ranges such as {@code 200-299,301}; {@code 200-299} if absent
 * @param expectedText what the first 64 kB of the answer must have in them; absent for anything
 * @param environment that of the events of outages; absent for none
 * @param failures how many checks in a row must fail until it counts as down; 2 if absent
 * @param enabled true if absent
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "UptimeCheckSettings")
record UptimeCheckRequest(
        @Nullable @Size(max = 100) String project,
        @NotBlank @Size(max = 100) String name,
        @NotBlank @Size(max = 4_000) String url,

        @Nullable @Pattern(regexp = "GET|HEAD", message = "expected: GET or HEAD")
        String method,

        @Nullable @Min(1) @Max(60) Integer intervalMinutes,
        @Nullable @Min(1) @Max(30) Integer timeoutSeconds,
        @Nullable @Size(max = 200) String expectedStatus,
        @Nullable @Size(max = 500) String expectedText,
        @Nullable @Size(max = 64) String environment,
        @Nullable @Min(1) @Max(10) Integer failures,
        @Nullable Boolean enabled) {

    /** As the audit log keeps it: without what of the URL may let somebody in. */
    static UptimeCheckRequest recorded(String project, UptimeCheckSettings settings) {
        return new UptimeCheckRequest(
                project,
                settings.name(),
                UptimeHistory.shownUrl(settings),
                settings.method(),
                settings.intervalMinutes(),
                settings.timeoutSeconds(),
                settings.expectedStatus().toString(),
                settings.expectedText(),
                settings.environment(),
                settings.failures(),
                settings.enabled());
    }

    UptimeCheckSettings settings() {
        String text = given(expectedText);
        if (text != null && "HEAD".equals(method)) {
            throw ApiException.invalid(
                    "expected_text", "an answer to HEAD has no text (expected: none, or method GET)");
        }
        return new UptimeCheckSettings(
                name.strip(),
                url.strip(),
                method == null ? "GET" : method,
                intervalMinutes == null ? 5 : intervalMinutes,
                timeoutSeconds == null ? 10 : timeoutSeconds,
                status(expectedStatus),
                text,
                given(environment),
                failures == null ? 2 : failures,
                enabled == null || enabled);
    }

    private static ExpectedStatus status(@Nullable String text) {
        try {
            return ExpectedStatus.parse(text == null || text.isBlank() ? ExpectedStatus.STANDARD : text);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("expected_status", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
