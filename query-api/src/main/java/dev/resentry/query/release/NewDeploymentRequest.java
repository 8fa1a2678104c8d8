package dev.resentry.query.release;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A release that was brought to an environment.
 *
 * @param name such as the job that did it
 * @param url where more is said of it
 * @param startedAt when it began, if that is known
 * @param deployedAt when it was finished; absent for now
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "NewDeployment")
public record NewDeploymentRequest(
        @NotBlank String environment,
        @Nullable @Size(max = NewRelease.MAX_LINE) String name,
        @Nullable @Size(max = NewRelease.MAX_URL) String url,
        @Nullable Instant startedAt,
        @Nullable Instant deployedAt) {}
