package dev.resentry.query.webhook;

import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.delivery.DeliveryState;
import dev.resentry.storage.delivery.ShownTarget;
import dev.resentry.storage.webhook.Webhook;
import dev.resentry.storage.webhook.WebhookEvent;
import dev.resentry.storage.webhook.WebhookFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A URL that is told what happens.
 *
 * @param project the id of the project; null for all projects
 * @param events of what it is told
 * @param createdBy the e-mail address of who made it
 * @param last its last delivery; null if it was told nothing
 * @param secret by which what is sent is signed, in the answer to its making and never again
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Webhook")
record WebhookResponse(
        long id,
        @Nullable Long project,
        String url,
        @WordOf(WebhookFormat.class) String form,
        List<String> events,
        boolean enabled,
        String createdBy,
        Instant createdAt,
        @Nullable LastDelivery last,
        @Nullable String secret) {

    /** What became of what a webhook was told last. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "WebhookLastDelivery")
    record LastDelivery(
            long id, @WordOf(DeliveryState.class) String state, Instant createdAt) {}

    static WebhookResponse of(Webhook webhook) {
        return of(webhook, null);
    }

    /** Without what in the URL may let somebody in. */
    static WebhookResponse recorded(Webhook webhook) {
        return of(webhook, shownUrl(webhook), null);
    }

    static String shownUrl(Webhook webhook) {
        return ShownTarget.of(webhook.form().target(), webhook.url());
    }

    static WebhookResponse of(Webhook webhook, @Nullable String secret) {
        return of(webhook, webhook.url(), secret);
    }

    private static WebhookResponse of(Webhook webhook, String url, @Nullable String secret) {
        Webhook.Last last = webhook.last();
        return new WebhookResponse(
                webhook.id(),
                webhook.projectId(),
                url,
                webhook.form().wireName(),
                webhook.events().stream().sorted().map(WebhookEvent::wireName).toList(),
                webhook.enabled(),
                webhook.createdBy(),
                webhook.createdAt(),
                last == null
                        ? null
                        : new LastDelivery(last.deliveryId(), last.state().wireName(), last.createdAt()),
                secret);
    }
}
