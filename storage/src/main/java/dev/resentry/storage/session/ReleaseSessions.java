package dev.resentry.storage.session;

import java.time.Instant;

/**
 * The sessions of a release in an environment.
 *
 * @param environment empty for sessions without one
 * @param lastHour the last one in which any began
 */
public record ReleaseSessions(String release, String environment, SessionCounts counts, Instant lastHour) {}
