package dev.resentry.processing.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a session counts.
 *
 * @param startedAt when it began, by our clock
 */
public record SessionPlace(String release, @Nullable String environment, Instant startedAt) {}
