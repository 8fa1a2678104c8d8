package dev.resentry.storage.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that outlasts a request.
 *
 * @param kind names the {@link JobHandler}
 * @param parametersJson a JSON object, as the handler understands it
 * @param stateJson what the handler noted behind its last step, as JSON
 * @param failedSteps how many steps failed since the last one that did not
 * @param createdBy who asked for it, or {@code system}
 * @param startedAt when it was first taken up
 */
public record Job(
        long id,
        String kind,
        String parametersJson,
        JobState state,
        @Nullable String stateJson,
        JobProgress progress,
        int failedSteps,
        String createdBy,
        Instant createdAt,
        @Nullable Instant startedAt) {}
