package dev.resentry.storage.webhook;

import dev.resentry.storage.delivery.DeliveryState;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A URL that is told what happens.
 *
 * @param projectId of which project; null for all
 * @param secret by which what is sent is signed
 * @param createdBy the e-mail address of who made it
 * @param last what became of what it was told last; null if it was told nothing
 */
public record Webhook(
        long id,
        @Nullable Long projectId,
        String url,
        WebhookFormat form,
        String secret,
        Set<WebhookEvent> events,
        boolean enabled,
        String createdBy,
        Instant createdAt,
        @Nullable Last last) {

    public Webhook {
        events = Set.copyOf(events);
    }

    /** The last delivery. */
    public record Last(long deliveryId, DeliveryState state, Instant createdAt) {}

    /** Without the URL, which may hold a secret, and the secret. */
    @Override
    public String toString() {
        return "Webhook[%d, %s]".formatted(id, form);
    }
}
