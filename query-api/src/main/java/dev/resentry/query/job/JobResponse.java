package dev.resentry.query.job;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A job as the API shows it.
 *
 * @param state queued, running, succeeded or failed
 * @param result of one that succeeded, if its kind has one
 * @param failure why it failed, or why its last step did, which is tried again
 * @param createdBy who asked for it, or {@code system}
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Job")
record JobResponse(
        long id,
        String kind,
        @Schema(type = "object") Object parameters,
        String state,
        Progress progress,
        @Schema(type = "object") @Nullable Object result,
        @Nullable String failure,
        String createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /**
     * How far a job is, in the unit of its kind.
     *
     * @param total null if it is not known
     */
    @Schema(name = "JobProgress")
    record Progress(long done, @Nullable Long total) {}

    private record End(
            @Nullable String resultJson,
            @Nullable String failure,
            @Nullable Instant at) {}

    static JobResponse of(Job job) {
        End end = switch (job.state()) {
            case JobState.Queued queued -> new End(null, queued.failure(), null);
            case JobState.Running _ -> new End(null, null, null);
            case JobState.Succeeded(var at, var resultJson) -> new End(resultJson, null, at);
            case JobState.Failed(var at, var failure) -> new End(null, failure, at);
        };
        return new JobResponse(
                job.id(),
                job.kind(),
                UntrustedJson.STORED.tree(job.parametersJson()),
                job.state().wireName(),
                new Progress(job.progress().done(), job.progress().total()),
                end.resultJson() == null ? null : UntrustedJson.STORED.tree(end.resultJson()),
                end.failure(),
                job.createdBy(),
                job.createdAt(),
                job.startedAt(),
                end.at());
    }
}
