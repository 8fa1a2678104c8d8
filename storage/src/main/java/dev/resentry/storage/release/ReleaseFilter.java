package dev.resentry.storage.release;

import dev.resentry.storage.VisibleProjects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which releases are wanted; null wants all.
 *
 * @param environments of which the release has events or a deployment; what is counted is counted in them
 * @param text what the version holds, without regard to case
 * @param archived whether those that are archived, or those that are not
 */
public record ReleaseFilter(
        VisibleProjects projects,
        @Nullable Set<String> environments,
        @Nullable String text,
        @Nullable Boolean archived) {

    public ReleaseFilter {
        environments = environments == null ? null : Set.copyOf(environments);
    }
}
