package dev.resentry.storage.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Another tracker that sends its alerts here.
 *
 * @param projectId to whose alerts they are added; null for all projects
 * @param secret by which it signs
 * @param createdBy the e-mail address of who made it
 * @param lastReceivedAt when something came of it last; null if nothing did
 */
public record AlertSource(
        long id,
        String name,
        @Nullable Long projectId,
        String secret,
        String createdBy,
        Instant createdAt,
        @Nullable Instant lastReceivedAt) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "AlertSource[%d, %s]".formatted(id, name);
    }
}
