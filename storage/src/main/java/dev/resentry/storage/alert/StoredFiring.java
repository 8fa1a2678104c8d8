package dev.resentry.storage.alert;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That a rule fired.
 *
 * @param ruleName as it was; the rule may be gone
 * @param issueId 0 if it was about the project
 * @param title of the issue, as it was
 * @param eventId of the event that made it fire; null if it was none
 * @param reason why, in words
 * @param observedJson why, in numbers
 * @param summarised whether it was told in one message with others
 */
public record StoredFiring(
        long id,
        long projectId,
        String projectSlug,
        long ruleId,
        String ruleName,
        long issueId,
        String title,
        @Nullable UUID eventId,
        Instant firedAt,
        String reason,
        String observedJson,
        boolean summarised) {}
