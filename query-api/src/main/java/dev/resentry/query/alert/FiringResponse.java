package dev.resentry.query.alert;

import dev.resentry.model.issue.ShortId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.alert.StoredFiring;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * That an alert rule fired.
 *
 * @param rule its id; the rule may be gone
 * @param ruleName as it was then
 * @param issue null if it was about the project
 * @param shortId of the issue
 * @param title of the issue, as it was then
 * @param event that made it fire; null if it was none
 * @param reason why, in words
 * @param observed why, in numbers
 * @param summarised whether it was told in one message with others
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "AlertFiring")
record FiringResponse(
        long id,
        FiringProject project,
        long rule,
        String ruleName,
        @Nullable Long issue,
        @Nullable String shortId,
        String title,
        @Nullable String event,
        Instant firedAt,
        String reason,
        Object observed,
        boolean summarised) {

    /** The project of a firing. */
    record FiringProject(long id, String slug) {}

    static FiringResponse of(StoredFiring firing) {
        boolean ofIssue = firing.issueId() != 0;
        return new FiringResponse(
                firing.id(),
                new FiringProject(firing.projectId(), firing.projectSlug()),
                firing.ruleId(),
                firing.ruleName(),
                ofIssue ? firing.issueId() : null,
                ofIssue ? new ShortId(firing.projectSlug(), firing.issueId()).toString() : null,
                firing.title(),
                firing.eventId() == null ? null : firing.eventId().toString().replace("-", ""),
                firing.firedAt(),
                firing.reason(),
                UntrustedJson.STORED.tree(firing.observedJson()),
                firing.summarised());
    }
}
