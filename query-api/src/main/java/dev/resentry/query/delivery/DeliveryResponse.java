package dev.resentry.query.delivery;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.resentry.model.alert.TargetType;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryState;
import dev.resentry.storage.delivery.ShownTarget;
import dev.resentry.storage.delivery.StoredDelivery;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A notification on its way.
 *
 * @param kind why it is sent: a rule fired, many did, something happened that a webhook wants, mail of the installation, a test
 * @param channel in which form
 * @param target an address, or a URL without what lets others post there
 * @param targetId stands for channel and target, to send again all that was given up for it
 * @param rule the id of the rule, ruleName what it was called when it fired
 * @param issue the id of the issue
 * @param issueTitle null if the issue is not there any more
 * @param subject in one line
 * @param state waiting; delivered; dead: given up; suppressed: not tried, as its target said that there is nobody any more
 * @param attempts how often it was tried since it was made or sent again
 * @param nextAttemptAt null unless it waits
 * @param attemptedAt when it was tried last
 * @param status of the last answer
 * @param answer its first kilobyte
 * @param error what went wrong last
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Delivery")
record DeliveryResponse(
        long id,
        Instant createdAt,
        @WordOf(DeliveryKind.class) String kind,

        @WordOf(
                value = TargetType.class,
                except = {"user", "team", "assignee"})
        String channel,

        String target,
        String targetId,
        @Nullable Long project,
        @Nullable String projectSlug,
        @Nullable Long rule,
        @Nullable String ruleName,
        @Nullable Long issue,
        @Nullable String issueTitle,
        @Nullable Long firing,
        @Nullable Long webhook,
        String subject,
        @WordOf(DeliveryState.class) String state,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant attemptedAt,
        @Nullable Instant finishedAt,
        @Nullable Integer status,
        @Nullable String answer,
        @Nullable String error) {

    static DeliveryResponse of(StoredDelivery delivery) {
        return new DeliveryResponse(
                delivery.id(),
                delivery.createdAt(),
                delivery.kind().wireName(),
                delivery.type().wireName(),
                ShownTarget.of(delivery.type(), delivery.target()),
                delivery.targetId(),
                delivery.projectId(),
                delivery.projectSlug(),
                delivery.ruleId(),
                delivery.ruleName(),
                delivery.issueId(),
                delivery.issueTitle(),
                delivery.firingId(),
                delivery.webhookId(),
                delivery.subject(),
                delivery.state().wireName(),
                delivery.attempts(),
                delivery.nextAttemptAt(),
                delivery.attemptedAt(),
                delivery.finishedAt(),
                delivery.lastStatus(),
                delivery.lastAnswer(),
                delivery.lastError());
    }

    /**
     * A delivery with what was sent.
     *
     * @param request as it was sent last, its first 8 kB, without signatures; null if it did not come to that
     */
    @Schema(name = "DeliveryWithRequest")
    record WithRequest(
            @JsonUnwrapped DeliveryResponse delivery,
            @Nullable String request) {
        static WithRequest of(StoredDelivery delivery) {
            return new WithRequest(DeliveryResponse.of(delivery), delivery.request());
        }
    }

    /** @param resent how many wait again; up to a thousand at once */
    @Schema(name = "DeliveriesResent")
    record Resent(int resent) {}
}
