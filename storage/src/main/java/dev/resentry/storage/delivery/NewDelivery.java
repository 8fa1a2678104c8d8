package dev.resentry.storage.delivery;

import dev.resentry.model.alert.TargetType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A notification to be sent.
 *
 * @param type one that needs no looking up: an e-mail, or a URL with a form
 * @param target an address or a URL
 * @param secret by which what is posted is signed; null for none
 * @param dedupKey a second one with the same key is not added; null for none
 * @param content an object with what is to be said: {@code subject} and {@code text}, and what the form of the target needs of
 *     {@code html}, {@code link} {url, title}, {@code color_level}, {@code fields} [{name, value}], {@code thread},
 *     {@code unsubscribe}, {@code lean}, {@code sentry} {resource, action, data, actor} and {@code plugin}
 */
public record NewDelivery(
        DeliveryKind kind,
        TargetType type,
        String target,
        @Nullable String secret,
        @Nullable String dedupKey,
        @Nullable Long projectId,
        @Nullable Long issueId,
        @Nullable Long ruleId,
        @Nullable Long firingId,
        @Nullable Long webhookId,
        JsonNode content) {

    public NewDelivery {
        if (type != TargetType.EMAIL && !type.isUrl()) {
            throw new IllegalArgumentException(
                    "type: %s (expected: email or a form of webhooks; who that is, is looked up before)"
                            .formatted(type.wireName()));
        }
        if (target.isBlank()) {
            throw new IllegalArgumentException("target: empty");
        }
        if (!content.isObject()) {
            throw new IllegalArgumentException("content: %s (expected: an object)".formatted(content.getNodeType()));
        }
    }

    /** Without the secret, the target, which may hold one, and the content. */
    @Override
    public String toString() {
        return "NewDelivery[%s to %s, %s]".formatted(kind, type, dedupKey);
    }
}
