package dev.resentry.storage.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as it is stored.
 *
 * @param project its slug
 * @param deployedAt when it was finished
 * @param createdBy the e-mail address of who recorded it
 */
public record StoredDeployment(
        long id,
        long projectId,
        String project,
        long releaseId,
        String version,
        String environment,
        @Nullable String name,
        @Nullable String url,
        @Nullable Instant startedAt,
        Instant deployedAt,
        String createdBy) {}
