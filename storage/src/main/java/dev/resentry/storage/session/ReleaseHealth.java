package dev.resentry.storage.session;

import org.jspecify.annotations.Nullable;

/**
 * How a release fares, for lists.
 *
 * @param sessions of the last 30 days
 * @param adoption the share of the project's sessions that began in the last 24 hours; null if none did
 */
public record ReleaseHealth(
        SessionCounts sessions, @Nullable Double adoption) {}
