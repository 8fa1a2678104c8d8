package dev.resentry.storage.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rule that came true.
 *
 * @param issueId 0 for the project
 * @param title of the issue, or the name of the project
 * @param recordId what was told on topic {@code events}; null if it was found by looking
 * @param trueAt when it came true, which for what is read late is before it is now
 * @param now when it fires
 * @param reason why, in words
 * @param observed the same in numbers
 * @param isNewIssue whether it is for an issue being new, of which many at once become one message
 */
public record NewFiring(
        long ruleId,
        String ruleName,
        long projectId,
        long issueId,
        String title,
        @Nullable UUID eventId,
        @Nullable UUID recordId,
        Duration interval,
        Instant trueAt,
        Instant now,
        String reason,
        JsonNode observed,
        boolean isNewIssue) {

    /** It does not come true after it fires, whatever the clocks of two processes say. */
    public NewFiring {
        trueAt = trueAt.isAfter(now) ? now : trueAt;
    }
}
