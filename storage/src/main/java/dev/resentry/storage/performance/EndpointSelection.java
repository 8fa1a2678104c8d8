package dev.resentry.storage.performance;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which transactions of a project are meant.
 *
 * @param op null for any; empty for none, as the method
 * @param environments null for all; the empty one is of what has none
 */
public record EndpointSelection(
        long projectId,
        String name,
        @Nullable String op,
        @Nullable String httpMethod,
        @Nullable Set<String> environments) {
    public EndpointSelection {
        environments = environments == null ? null : Set.copyOf(environments);
    }
}
