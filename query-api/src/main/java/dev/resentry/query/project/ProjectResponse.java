package dev.resentry.query.project;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.Dsn;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.Quota;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectKey;
import dev.resentry.storage.project.ProjectStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A project as the API shows it.
 *
 * @param autoResolveHours after how many hours without an event its issues are resolved; null for never
 * @param spikeProtection whether a spike sets a limit at its threshold, until it is over
 * @param spikeLimit the limit that a spike has set; null if none has
 * @param ingestToken its first active public key; null if it has none
 */
@JsonNaming(SnakeCaseStrategy.class)
record ProjectResponse(
        long id,
        String slug,
        String name,
        @Nullable String platform,
        @WordOf(ProjectStatus.class) String status,
        Instant createdAt,
        Instant updatedAt,
        List<String> allowedOrigins,
        List<LimitAnswer> limits,
        @Nullable Integer autoResolveHours,
        boolean spikeProtection,
        @Nullable LimitAnswer spikeLimit,
        @Nullable String ingestToken,
        List<KeyResponse> keys) {

    /**
     * A key.
     *
     * @param dsn what an SDK is configured with
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ProjectKey")
    record KeyResponse(
            long id,
            String label,
            String publicKey,
            boolean active,
            List<LimitAnswer> limits,
            Instant createdAt,
            String dsn) {
        static KeyResponse of(ProjectKey key, long projectId, URI publicUrl) {
            var dsn = new Dsn(publicUrl, key.publicKey(), new ProjectId(projectId));
            return new KeyResponse(
                    key.id(),
                    key.label(),
                    key.publicKey().value(),
                    key.active(),
                    LimitAnswer.of(key.limits()),
                    key.createdAt(),
                    dsn.toString());
        }
    }

    /**
     * A limit.
     *
     * @param categories none means everything
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ProjectLimit")
    record LimitAnswer(
            @WordOf(value = DataCategory.class, except = "unknown")
            List<String> categories,

            long limit,
            long windowSeconds,
            String reasonCode) {
        static List<LimitAnswer> of(List<Quota> quotas) {
            return quotas.stream().map(LimitAnswer::of).toList();
        }

        private static LimitAnswer of(Quota quota) {
            return new LimitAnswer(
                    quota.categories().stream()
                            .map(DataCategory::wireName)
                            .sorted()
                            .toList(),
                    quota.limit(),
                    quota.window().toSeconds(),
                    quota.reasonCode());
        }
    }

    static ProjectResponse of(Project project, URI publicUrl) {
        return new ProjectResponse(
                project.id(),
                project.slug(),
                project.name(),
                project.platform(),
                project.status().wireName(),
                project.createdAt(),
                project.updatedAt(),
                project.allowedOrigins(),
                LimitAnswer.of(project.limits()),
                project.autoResolveHours(),
                project.spikeProtection(),
                project.spikeLimit() == null ? null : LimitAnswer.of(Quota.ofSpike(project.spikeLimit())),
                project.keys().stream()
                        .filter(ProjectKey::active)
                        .findFirst()
                        .map(key -> key.publicKey().value())
                        .orElse(null),
                project.keys().stream()
                        .map(key -> KeyResponse.of(key, project.id(), publicUrl))
                        .toList());
    }
}
