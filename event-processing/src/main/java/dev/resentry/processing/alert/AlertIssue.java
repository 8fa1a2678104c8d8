package dev.resentry.processing.alert;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules and notifications say of an issue, as it is when it is asked for.
 *
 * @param shortId such as {@code WEB-1A}
 * @param events that it had, ever
 * @param users that it had, ever
 * @param assigneeId the user whose it is; null for nobody
 * @param assigneeTeams the teams of that user
 */
public record AlertIssue(
        long id,
        String shortId,
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
        Set<Long> assigneeTeams) {

    public AlertIssue {
        assigneeTeams = Set.copyOf(assigneeTeams);
    }

    /** Whether somebody put it away and nothing but a person brings it back. */
    public boolean isIgnoredForEver() {
        return "archived_forever".equals(substatus);
    }
}
