package dev.resentry.storage.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change that someone made.
 *
 * @param userId null for the command line
 * @param via session, jwt, api_token, job, command_line, or system for what no person did
 * @param ipAddress where the request came from
 * @param action what was done, such as {@code project.changed}
 * @param objectName as it was called then
 * @param beforeJson what was so before, as JSON; null if there is nothing to tell
 * @param afterJson what is so since, as JSON; null if there is nothing to tell
 */
public record AuditEntry(
        Instant at,
        @Nullable Long userId,
        String userEmail,
        String via,
        @Nullable String ipAddress,
        String action,
        String objectType,
        String objectId,
        String objectName,
        @Nullable String beforeJson,
        @Nullable String afterJson) {}
