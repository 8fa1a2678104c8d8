package dev.resentry.storage.uptime;

import dev.resentry.model.uptime.ExpectedStatus;
import org.jspecify.annotations.Nullable;

/**
 * What people say of a check.
 *
 * @param method {@code GET} or {@code HEAD}
 * @param intervalMinutes 1 to 60
 * @param timeoutSeconds 1 to 30, for a request as a whole
 * @param expectedText what the answer must have in it; null for anything
 * @param environment that of the events of outages; null for none
 * @param failures how many checks in a row must fail until it counts as down, 1 to 10
 */
public record UptimeCheckSettings(
        String name,
        String url,
        String method,
        int intervalMinutes,
        int timeoutSeconds,
        ExpectedStatus expectedStatus,
        @Nullable String expectedText,
        @Nullable String environment,
        int failures,
        boolean enabled) {

    /** Whether what is known under the other settings says nothing under these. */
    boolean asksOtherwiseThan(UptimeCheckSettings other) {
        return enabled != other.enabled || !url.equals(other.url) || !method.equals(other.method);
    }
}
