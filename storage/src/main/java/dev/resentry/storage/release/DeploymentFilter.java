package dev.resentry.storage.release;

import dev.resentry.storage.VisibleProjects;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments are wanted; null wants all.
 *
 * @param from when the first was finished
 * @param to before which the last was finished
 */
public record DeploymentFilter(
        VisibleProjects projects,
        @Nullable Long releaseId,
        @Nullable Set<String> environments,
        @Nullable Instant from,
        @Nullable Instant to) {

    public DeploymentFilter {
        environments = environments == null ? null : Set.copyOf(environments);
    }

    /** All of a release. */
    public static DeploymentFilter ofRelease(long releaseId) {
        return new DeploymentFilter(VisibleProjects.ALL, releaseId, null, null, null);
    }
}
