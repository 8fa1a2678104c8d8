package dev.resentry.storage.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.Quota;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project as people see and change it.
 *
 * @param autoResolveHours after how many hours without an event its issues are resolved; null for never
 */
public record Project(
        long id,
        String slug,
        String name,
        @Nullable String platform,
        ProjectStatus status,
        long revision,
        Instant createdAt,
        Instant updatedAt,
        List<String> allowedOrigins,
        List<Quota> limits,
        @Nullable Integer autoResolveHours,
        List<ProjectKey> keys) {

    public Project {
        allowedOrigins = List.copyOf(allowedOrigins);
        limits = List.copyOf(limits);
        keys = List.copyOf(keys);
    }

    /** What gateways must know of it. */
    public ProjectConfig asConfig() {
        return new ProjectConfig(
                new ProjectId(id),
                revision,
                slug,
                status == ProjectStatus.ACTIVE,
                keys.stream()
                        .map(key -> new ProjectConfig.Key(key.publicKey(), key.active(), key.limits()))
                        .toList(),
                allowedOrigins,
                limits);
    }
}
