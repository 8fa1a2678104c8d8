package dev.resentry.storage.process;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A process as it registered itself.
 *
 * @param kind processor or api
 * @param state ok, degraded or unavailable, when it was last seen
 * @param cause one line for people; null if all is well
 */
public record RegisteredProcess(
        UUID id,
        String kind,
        String host,
        @Nullable String version,
        Instant startedAt,
        Instant lastSeenAt,
        String state,
        @Nullable String cause) {}
