package dev.resentry.query.program;

import dev.resentry.model.event.Level;
import dev.resentry.query.issue.IssueStatus;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.issue.StoredIssue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An issue.
 *
 * @param project the slug
 * @param count how many events it has
 * @param usersAffected how many users they happened to: exact up to 256, then within about 1.2 %
 * @param assignedTo the id of the user who has it
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "ProgramIssue")
record ProgramIssueResponse(
        long id,
        long projectId,
        String project,
        String title,
        @Nullable String culprit,
        @WordOf(Level.class) String level,
        @Nullable String platform,
        @WordOf(IssueStatus.class) String status,
        long count,
        long usersAffected,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String firstRelease,
        @Nullable String lastRelease,
        @Nullable Long assignedTo) {
    static ProgramIssueResponse of(StoredIssue issue) {
        StoredIssue.Assignee assignee = issue.assignee();
        return new ProgramIssueResponse(
                issue.id(),
                issue.project().id(),
                issue.project().slug(),
                issue.title(),
                issue.culprit(),
                issue.level(),
                issue.platform(),
                issue.status(),
                issue.eventCount(),
                issue.usersAffected(),
                issue.firstSeen(),
                issue.lastSeen(),
                issue.firstRelease(),
                issue.lastRelease(),
                assignee == null ? null : assignee.id());
    }
}
