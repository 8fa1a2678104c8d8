package dev.resentry.query.release;

import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.storage.release.StoredDeployment;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A deployment: a release was brought to an environment.
 *
 * @param project the slug
 * @param release the version
 * @param deployedAt when it was finished
 * @param createdBy the e-mail address of who recorded it
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Deployment")
public record DeploymentResponse(
        long id,
        long projectId,
        String project,
        long releaseId,
        String release,
        String shortVersion,
        String environment,
        @Nullable String name,
        @Nullable String url,
        @Nullable Instant startedAt,
        Instant deployedAt,
        String createdBy) {

    public static DeploymentResponse of(StoredDeployment deployment) {
        return new DeploymentResponse(
                deployment.id(),
                deployment.projectId(),
                deployment.project(),
                deployment.releaseId(),
                deployment.version(),
                ReleaseVersion.parse(deployment.version()).shortForm(),
                deployment.environment(),
                deployment.name(),
                deployment.url(),
                deployment.startedAt(),
                deployment.deployedAt(),
                deployment.createdBy());
    }
}
