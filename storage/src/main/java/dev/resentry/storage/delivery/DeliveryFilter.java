package dev.resentry.storage.delivery;

import org.jspecify.annotations.Nullable;

/** Which deliveries; null takes all. */
public record DeliveryFilter(
        @Nullable Long projectId,
        @Nullable DeliveryState state,
        @Nullable Long ruleId,
        @Nullable Long issueId,
        @Nullable Long webhookId) {

    public static final DeliveryFilter ALL = new DeliveryFilter(null, null, null, null, null);
}
