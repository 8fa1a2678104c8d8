package dev.resentry.query.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.storage.VisibleProjects;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The pipeline at one moment. A figure that cannot be had now is null, never 0. All counts are of envelopes.
 *
 * @param at when it was looked at
 * @param acceptedPerSecond by the broker's offsets, over the last half minute, as the other rates
 * @param storedPerSecond by the fates that processors noted in the transactions that stored
 * @param backlog accepted and not processed
 * @param oldestUnprocessedSeconds how long the oldest of these waits at least; 0 if none waits
 * @param drainEstimateSeconds until the backlog is gone at the present rates; null also if it does not shrink
 * @param series the minutes of the last hour, the oldest first; the last one is not over yet
 * @param projects the noisiest ten of this clock hour and the one before
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Pipeline")
public record PipelineResponse(
        Instant at,
        @Nullable Double acceptedPerSecond,
        @Nullable Double storedPerSecond,
        @Nullable Double droppedPerSecond,
        @Nullable Double deadPerSecond,
        @Nullable Long backlog,
        @Nullable Long oldestUnprocessedSeconds,
        @Nullable Long drainEstimateSeconds,
        @Nullable Balance balance,
        List<Minute> series,
        List<NoisyProject> projects,
        List<Partition> partitions,
        List<RunningProcess> processes,
        Storage storage) {

    /**
     * accepted = stored + duplicate + dropped + dead + lost + in_flight + difference, of what was accepted since a time.
     *
     * @param difference 0 if the books are right
     * @param offSince since when this process has seen the books off without a pause; null if they are right
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PipelineBalance")
    public record Balance(
            long accepted,
            long stored,
            long duplicate,
            long dropped,
            long dead,
            long lost,
            long inFlight,
            long difference,
            Instant since,
            @Nullable Instant offSince) {}

    /**
     * A minute; what was processed in it need not have been accepted in it.
     *
     * @param at where it begins
     * @param accepted null, as the rest, if nobody looked then; of the first minute in which somebody did, since then
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PipelineMinute")
    public record Minute(
            Instant at,
            @Nullable Long accepted,
            @Nullable Long stored,
            @Nullable Long dropped,
            @Nullable Long dead) {}

    /**
     * A project that sends much.
     *
     * @param share of all that was accepted, from 0 to 1
     * @param limited how much gateways refused because of limits, in the units of its categories
     * @param limitedSince the first of the hours in a row in which limits cut in; null if they do not
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "NoisyProject")
    public record NoisyProject(
            long id,
            String slug,
            String name,
            double share,
            long accepted,
            long limited,
            @Nullable Instant limitedSince) {}

    /**
     * A partition of topic {@code envelopes}.
     *
     * @param lag records that are not processed
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PipelinePartition")
    public record Partition(
            int partition, long lag, @Nullable Long oldestSeconds) {}

    /**
     * A process.
     *
     * @param kind gateway, processor or api
     * @param host null, as version and start, for a gateway of an earlier version
     * @param state ok, degraded, unavailable, or silent if there was no sign of life for half a minute
     * @param cause of a state that is not ok
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PipelineProcess")
    public record RunningProcess(
            UUID id,
            String kind,
            @Nullable String host,
            @Nullable String version,
            @Nullable Instant startedAt,
            Instant lastSeenAt,

            @Schema(allowableValues = {"ok", "degraded", "unavailable", "silent"})
            String state,

            @Nullable String cause) {}

    /** The disk that the tables take, as {@code /api/v1/storage} has it in detail. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PipelineStorage")
    public record Storage(
            Instant measuredAt,
            long bytes,
            @JsonProperty("bytes_in_30_days") long bytesIn30Days,
            long bytesAtFullRetention) {}

    /** The same without the projects that are not visible. */
    public PipelineResponse visibleTo(VisibleProjects visible) {
        return new PipelineResponse(
                at,
                acceptedPerSecond,
                storedPerSecond,
                droppedPerSecond,
                deadPerSecond,
                backlog,
                oldestUnprocessedSeconds,
                drainEstimateSeconds,
                balance,
                series,
                projects.stream()
                        .filter(project -> visible.contains(project.id()))
                        .toList(),
                partitions,
                processes,
                storage);
    }
}
