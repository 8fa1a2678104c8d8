package dev.resentry.storage.delivery;

import dev.resentry.model.alert.TargetType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery, without what signs it and what it says.
 *
 * @param targetId stands for its type and target, which may hold a secret
 * @param ruleName as the rule was called when it fired
 * @param issueTitle null if the issue is not there any more
 * @param subject what it is about, in one line
 * @param nextAttemptAt null if it is not waiting
 * @param attemptedAt when it was tried last
 * @param lastStatus of the answer to the last attempt
 * @param request what was sent, without secrets; null unless it was asked for
 */
public record StoredDelivery(
        long id,
        Instant createdAt,
        DeliveryKind kind,
        TargetType type,
        String target,
        String targetId,
        @Nullable Long projectId,
        @Nullable String projectSlug,
        @Nullable Long ruleId,
        @Nullable String ruleName,
        @Nullable Long issueId,
        @Nullable String issueTitle,
        @Nullable Long firingId,
        @Nullable Long webhookId,
        String subject,
        DeliveryState state,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant attemptedAt,
        @Nullable Instant finishedAt,
        @Nullable Integer lastStatus,
        @Nullable String lastAnswer,
        @Nullable String lastError,
        @Nullable String request) {

    /** Without the target, which may hold a secret. */
    @Override
    public String toString() {
        return "StoredDelivery[%d, %s to %s, %s]".formatted(id, kind, type, state);
    }
}
