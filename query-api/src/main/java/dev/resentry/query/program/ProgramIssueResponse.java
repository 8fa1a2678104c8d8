package dev.resentry.query.program;

import dev.resentry.model.event.Level;
import dev.resentry.model.issue.state.Substatus;
import dev.resentry.query.issue.IssueStatus;
import dev.resentry.query.issue.StatusDetailsResponse;
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
 * @param shortId what people call it in speech and in commits
 * @param substatus null for a resolved issue
 * @param statusDetails where it is resolved, or what ends its being ignored
 * @param count how many events it has
 * @param usersAffected how many users they happened to: exact up to 256, then within about 1.2 %
 * @param assignedTo the id of the user who has it
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "ProgramIssue")
record ProgramIssueResponse(
        long id,
        String shortId,
        long projectId,
        String project,
        String title,
        @Nullable String culprit,
        @WordOf(Level.class) String level,
        @Nullable String platform,
        @WordOf(IssueStatus.class) String status,
        @WordOf(Substatus.class) @Nullable String substatus,
        StatusDetailsResponse statusDetails,
        long count,
        long usersAffected,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String firstRelease,
        @Nullable String lastRelease,
        @Nullable Long assignedTo) {
    static ProgramIssueResponse of(StoredIssue issue) {
        Substatus substatus = issue.state().substatus();
        StoredIssue.Assignee assignee = issue.assignee();
        return new ProgramIssueResponse(
                issue.id(),
                issue.shortId().toString(),
                issue.project().id(),
                issue.project().slug(),
                issue.title(),
                issue.culprit(),
                issue.level(),
                issue.platform(),
                issue.status(),
                substatus == null ? null : substatus.wireName(),
                StatusDetailsResponse.of(issue),
                issue.eventCount(),
                issue.usersAffected(),
                issue.firstSeen(),
                issue.lastSeen(),
                issue.firstRelease(),
                issue.lastRelease(),
                assignee == null ? null : assignee.id());
    }
}
