package dev.resentry.storage.issue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue as it is stored.
 *
 * @param status unresolved, resolved or ignored
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
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String firstRelease,
        @Nullable String lastRelease) {}
