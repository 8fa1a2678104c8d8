package dev.resentry.storage.alert;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An issue that had events of late, as it is now.
 *
 * @param assigneeTeams the teams of whom it is assigned to
 */
public record PastIssue(
        long id,
        String title,
        @Nullable String culprit,
        String level,
        String status,
        @Nullable String substatus,
        Instant firstSeen,
        Instant lastSeen,
        long events,
        long users,
        @Nullable Long assigneeId,
        @Nullable String assigneeName,
        Set<Long> assigneeTeams) {}
