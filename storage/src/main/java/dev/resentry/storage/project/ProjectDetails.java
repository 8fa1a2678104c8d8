package dev.resentry.storage.project;

import dev.resentry.model.project.Quota;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people may change of a project.
 *
 * @param allowedOrigins from which web pages it takes envelopes, see {@link dev.resentry.model.project.ProjectConfig}
 * @param limits if there are none, the default of the gateways counts
 * @param autoResolveHours after how many hours without an event its issues are resolved; null for never
 * @param spikeProtection whether a spike sets a limit
 */
public record ProjectDetails(
        String slug,
        String name,
        @Nullable String platform,
        ProjectStatus status,
        List<String> allowedOrigins,
        List<Quota> limits,
        @Nullable Integer autoResolveHours,
        boolean spikeProtection) {

    public ProjectDetails {
        allowedOrigins = List.copyOf(allowedOrigins);
        limits = List.copyOf(limits);
    }

    public ProjectDetails withStatus(ProjectStatus newStatus) {
        return new ProjectDetails(
                slug, name, platform, newStatus, allowedOrigins, limits, autoResolveHours, spikeProtection);
    }
}
