package dev.resentry.storage.uptime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a check.
 *
 * @param at when the request began
 * @param status null if nothing answered
 * @param error why it is not well; null if it is
 * @param location the process that made the request
 */
public record UptimeResult(
        Instant at,
        boolean ok,
        @Nullable Integer status,
        int durationMs,
        @Nullable String error,
        String location) {}
