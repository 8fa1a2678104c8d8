package dev.resentry.query.issue;

import dev.resentry.model.event.Level;
import dev.resentry.model.issue.state.Priority;
import dev.resentry.model.issue.state.Substatus;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.rollup.IssueCount;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An issue as lists show it.
 *
 * @param shortId what people call it in speech and in commits
 * @param substatus null for a resolved issue
 * @param statusDetails where it is resolved, or what ends its being ignored
 * @param priority what people said; if nobody did, that of its level
 * @param type of the exception that the title tells of; null if it tells of none
 * @param value what the title says beside the type
 * @param isUnhandled whether an exception of it left the program
 * @param events how many events it has in the window and the environments of the request; without these, how many it ever had
 * @param users how many users those events happened to: exact up to 256, then within about 1.2 %
 * @param trend events of the last 24 hours that the window holds, the earliest first; the hour under way is the last one
 * @param isNew whether it was first seen in the last 24 hours
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Issue")
public record IssueResponse(
        long id,
        String shortId,
        ProjectReference project,
        String title,
        @Nullable String type,
        @Nullable String value,
        @Nullable String culprit,
        @WordOf(Level.class) String level,
        @Nullable String platform,
        @WordOf(IssueStatus.class) String status,
        @WordOf(Substatus.class) @Nullable String substatus,
        StatusDetailsResponse statusDetails,
        @WordOf(Priority.class) String priority,
        boolean isUnhandled,
        boolean isNew,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String firstRelease,
        @Nullable String lastRelease,
        long events,
        long users,
        long eventsTotal,
        long usersTotal,
        List<Long> trend,
        int comments,
        @Nullable Assignee assignee) {
    private static final int MAX_TEXT = 256;
    static final Duration NEW = Duration.ofDays(1);

    /** The project of an issue. */
    @Schema(name = "ProjectReference")
    public record ProjectReference(
            long id, String slug, String name, @Nullable String platform) {}

    /** The user who has an issue. */
    @Schema(name = "Assignee")
    public record Assignee(long id, String name, String email) {}

    static IssueResponse of(StoredIssue issue, IssueCount count, long[] trend, Instant now) {
        String type = typeOf(issue);
        StoredIssue.Assignee assignee = issue.assignee();
        Substatus substatus = issue.state().substatus();
        return new IssueResponse(
                issue.id(),
                issue.shortId().toString(),
                new ProjectReference(
                        issue.project().id(),
                        issue.project().slug(),
                        issue.project().name(),
                        issue.project().platform()),
                cut(issue.title()),
                type,
                valueOf(issue, type),
                issue.culprit() == null ? null : cut(issue.culprit()),
                issue.level(),
                issue.platform(),
                issue.status(),
                substatus == null ? null : substatus.wireName(),
                StatusDetailsResponse.of(issue),
                issue.priority().wireName(),
                issue.isUnhandled(),
                issue.firstSeen().isAfter(now.minus(NEW)),
                issue.firstSeen(),
                issue.lastSeen(),
                issue.firstRelease(),
                issue.lastRelease(),
                count.events(),
                count.users(),
                issue.eventCount(),
                issue.usersAffected(),
                Arrays.stream(trend).boxed().toList(),
                issue.comments(),
                assignee == null ? null : new Assignee(assignee.id(), assignee.name(), assignee.email()));
    }

    private static @Nullable String typeOf(StoredIssue issue) {
        String type = issue.errorType();
        return type != null && (issue.title().equals(type) || issue.title().startsWith(type + ": ")) ? type : null;
    }

    private static @Nullable String valueOf(StoredIssue issue, @Nullable String type) {
        if (type == null) {
            return cut(issue.title());
        }
        return issue.title().equals(type) ? null : cut(issue.title().substring(type.length() + 2));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
