package dev.resentry.storage.issue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue as it is stored.
 *
 * @param errorType of the exception that the title tells of
 * @param status unresolved, resolved or ignored
 * @param isUnhandled whether an exception of it left a program
 * @param eventCount how many events it ever had
 * @param usersAffected how many users its events happened to; exact while they are few
 */
public record StoredIssue(
        long id,
        Project project,
        String title,
        @Nullable String errorType,
        @Nullable String culprit,
        String level,
        @Nullable String platform,
        String status,
        boolean isUnhandled,
        long eventCount,
        long usersAffected,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String firstRelease,
        @Nullable String lastRelease,
        int comments,
        @Nullable Assignee assignee) {

    public long projectId() {
        return project.id();
    }

    /** The project of an issue. */
    public record Project(
            long id, String slug, String name, @Nullable String platform) {}

    /** Who has an issue. */
    public record Assignee(long id, String name, String email) {}
}
