package dev.resentry.storage.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Which deliveries; null takes all.
 *
 * @param ofProjects whether mail of the installation is left out
 */
public record DeliveryFilter(
        boolean ofProjects,
        @Nullable Long projectId,
        @Nullable DeliveryState state,
        @Nullable Long ruleId,
        @Nullable Long issueId,
        @Nullable Long webhookId) {

    public static final DeliveryFilter ALL = new DeliveryFilter(false, null, null, null, null, null);
}
