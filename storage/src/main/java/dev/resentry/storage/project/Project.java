package dev.resentry.storage.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project as people see and change it.
 *
 * @param autoResolveHours after how many hours without an event its issues are resolved; null for never
 * @param spikeProtection whether a spike sets a limit
 * @param spikeLimit the events a minute that are let through while it does; null if it does not
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
        boolean spikeProtection,
        @Nullable Long spikeLimit,
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
                quotas());
    }

    /** All its limits: those that people have set, and that of a spike. */
    public List<Quota> quotas() {
        if (spikeLimit == null) {
            return limits;
        }
        List<Quota> quotas = new ArrayList<>(limits);
        quotas.add(Quota.ofSpike(spikeLimit));
        return List.copyOf(quotas);
    }
}
