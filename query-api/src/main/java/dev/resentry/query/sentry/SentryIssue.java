package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resentry.query.issue.IssueResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An issue as lists show it.
 *
 * @param count a text, as clients take it for one
 * @param stats events by the name of a period: when an interval begins, in seconds, and how many
 * @param matchingEventId the event by whose id it was looked up; left out otherwise
 */
record SentryIssue(
        String id,
        @Nullable String shareId,
        String shortId,
        String title,
        @Nullable String culprit,
        String permalink,
        @Nullable String logger,
        String level,
        String status,
        SentryStatusDetails statusDetails,
        @Nullable String substatus,
        boolean isPublic,
        @Nullable String platform,
        String priority,
        @Nullable Instant priorityLockedAt,
        @Nullable Double seerFixabilityScore,
        @Nullable Instant seerAutofixLastTriggered,
        Project project,
        String type,
        Map<String, String> metadata,
        String issueType,
        String issueCategory,
        int numComments,
        @Nullable Assignee assignedTo,
        boolean isBookmarked,
        boolean isSubscribed,
        @Nullable String subscriptionDetails,
        boolean hasSeen,
        List<String> annotations,
        boolean isUnhandled,
        String count,
        long userCount,
        Instant firstSeen,
        Instant lastSeen,
        Map<String, List<List<Long>>> stats,
        Lifetime lifetime,
        @Nullable Lifetime filtered,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String matchingEventId) {

    /** The project of an issue. */
    record Project(
            String id, String slug, String name, @Nullable String platform) {}

    /** The user who has an issue. */
    record Assignee(String type, String id, String name, String email) {}

    /** What an issue ever had. */
    record Lifetime(String count, long userCount, Instant firstSeen, Instant lastSeen, Map<String, Object> stats) {}

    static SentryIssue of(
            IssueResponse issue,
            String organization,
            Map<String, List<List<Long>>> stats,
            @Nullable String matchingEventId) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("title", issue.title());
        if (issue.type() != null) {
            metadata.put("type", issue.type());
        }
        if (issue.value() != null) {
            metadata.put("value", issue.value());
        }
        IssueResponse.Assignee assignee = issue.assignee();
        return new SentryIssue(
                String.valueOf(issue.id()),
                null,
                issue.shortId(),
                issue.title(),
                issue.culprit(),
                SentryLinks.issue(organization, issue.id()),
                null,
                issue.level(),
                issue.status(),
                SentryStatusDetails.of(issue.statusDetails()),
                issue.substatus(),
                false,
                issue.platform(),
                issue.priority(),
                null,
                null,
                null,
                new Project(
                        String.valueOf(issue.project().id()),
                        issue.project().slug(),
                        issue.project().name(),
                        issue.project().platform()),
                issue.type() == null ? "default" : "error",
                metadata,
                "error",
                "error",
                issue.comments(),
                assignee == null
                        ? null
                        : new Assignee("user", String.valueOf(assignee.id()), assignee.name(), assignee.email()),
                false,
                false,
                null,
                false,
                List.of(),
                issue.isUnhandled(),
                String.valueOf(issue.events()),
                issue.users(),
                issue.firstSeen(),
                issue.lastSeen(),
                stats,
                new Lifetime(
                        String.valueOf(issue.eventsTotal()),
                        issue.usersTotal(),
                        issue.firstSeen(),
                        issue.lastSeen(),
                        Map.of()),
                null,
                matchingEventId);
    }
}
