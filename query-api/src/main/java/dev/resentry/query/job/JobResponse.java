package dev.resentry.query.job;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A job as the API shows it.
 *
 * @param state queued, running, paused, cancelling, cancelled, succeeded or failed
 * @param stoppedBy who paused or cancelled it, while it is so
 * @param result of one that ended, if its kind has one
 * @param failure why it failed, or why its last step did, which is tried again
 * @param createdBy who asked for it, or {@code system}
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Job")
public record JobResponse(
        long id,
        String kind,
        @Schema(type = "object") Object parameters,

        @Schema(allowableValues = {"queued", "running", "paused", "cancelling", "cancelled", "succeeded", "failed"})
        String state,

        @Nullable String stoppedBy,
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
     * @param remainingSeconds an estimate for a running job: as fast as since it was first taken up
     * @param perSecond how fast that is; null if it does not run or has done nothing yet
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "JobProgress")
    public record Progress(
            long done,
            @Nullable Long total,
            @Nullable Long remainingSeconds,
            @Nullable Double perSecond) {
        static Progress of(Job job, Instant now) {
            long done = job.progress().done();
            Long total = job.progress().total();
            Instant startedAt = job.startedAt();
            if (!(job.state() instanceof JobState.Running) || startedAt == null || done == 0) {
                return new Progress(done, total, null, null);
            }
            double seconds = Math.max(1, Duration.between(startedAt, now).toMillis()) / 1_000.0;
            Long remaining = total == null ? null : Math.max(0, Math.round((total - done) * seconds / done));
            return new Progress(done, total, remaining, done / seconds);
        }
    }

    private record End(
            @Nullable String resultJson,
            @Nullable String failure,
            @Nullable String stoppedBy,
            @Nullable Instant at) {}

    /**
     * A job as the API shows it.
     *
     * @param now what the estimate begins at
     */
    public static JobResponse of(Job job, Instant now) {
        End end = switch (job.state()) {
            case JobState.Queued queued -> new End(null, queued.failure(), null, null);
            case JobState.Running _ -> new End(null, null, null, null);
            case JobState.Paused(var by) -> new End(null, null, by, null);
            case JobState.Cancelling(var by) -> new End(null, null, by, null);
            case JobState.Cancelled(var at, var by, var resultJson) -> new End(resultJson, null, by, at);
            case JobState.Succeeded(var at, var resultJson) -> new End(resultJson, null, null, at);
            case JobState.Failed(var at, var failure, var resultJson) -> new End(resultJson, failure, null, at);
        };
        return new JobResponse(
                job.id(),
                job.kind(),
                UntrustedJson.STORED.tree(job.parametersJson()),
                job.state().wireName(),
                end.stoppedBy(),
                Progress.of(job, now),
                end.resultJson() == null ? null : UntrustedJson.STORED.tree(end.resultJson()),
                end.failure(),
                job.createdBy(),
                job.createdAt(),
                job.startedAt(),
                end.at());
    }
}
