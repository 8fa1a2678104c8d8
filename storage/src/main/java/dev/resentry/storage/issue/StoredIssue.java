package dev.resentry.storage.issue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue as it is stored.
 *
 * @param status unresolved, resolved or ignored
 * @param usersAffected how many users its events happened to; exact while they are few
 */
public record StoredIssue(
        long id,
        long projectId,
        String projectSlug,
        String title,
        @Nullable String culprit,
        String level,
        @Nullable String platform,
        String status,
        long eventCount,
        long usersAffected,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String firstRelease,
        @Nullable String lastRelease) {}
