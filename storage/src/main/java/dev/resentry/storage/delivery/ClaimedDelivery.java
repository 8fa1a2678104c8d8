package dev.resentry.storage.delivery;

import dev.resentry.model.alert.TargetType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that its holder sends now.
 *
 * @param owner who holds it
 * @param contentJson what is to be said, as {@link NewDelivery#content} was
 * @param attempts how often it was tried, with this time
 */
public record ClaimedDelivery(
        long id,
        String owner,
        Instant createdAt,
        DeliveryKind kind,
        TargetType type,
        String target,
        @Nullable String secret,
        @Nullable Long projectId,
        String contentJson,
        int attempts) {

    /** Without the secret, the target, which may hold one, and the content. */
    @Override
    public String toString() {
        return "ClaimedDelivery[%d, %s to %s]".formatted(id, kind, type);
    }
}
