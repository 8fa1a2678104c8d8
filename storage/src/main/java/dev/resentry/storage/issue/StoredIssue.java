package dev.resentry.storage.issue;

import dev.resentry.model.issue.ShortId;
import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.Priority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue as it is stored.
 *
 * @param errorType of the exception that the title tells of
 * @param priority what people said; if nobody did, that of its level
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
        IssueState state,
        Priority priority,
        boolean isUnhandled,
        long eventCount,
        long usersAffected,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String firstRelease,
        @Nullable String lastRelease,
        int comments,
        @Nullable Assignee assignee) {

    /** The word of its status. */
    public String status() {
        return state.status();
    }

    /** What people call it. */
    public ShortId shortId() {
        return new ShortId(project.slug(), id);
    }

    public long projectId() {
        return project.id();
    }

    /** The project of an issue. */
    public record Project(
            long id, String slug, String name, @Nullable String platform) {}

    /** Who has an issue. */
    public record Assignee(long id, String name, String email) {}
}
