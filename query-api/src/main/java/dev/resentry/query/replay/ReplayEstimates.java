package dev.resentry.query.replay;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobState;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.replay.ReplayRequest;
import dev.resentry.storage.replay.ReplayableEnvelopes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Says what a replay would have to do, before somebody asks for it. */
public final class ReplayEstimates {
    /** Of so many replays the last that went through says how fast they are. */
    private static final int LOOK_BACK = 50;

    private final ReplayableEnvelopes envelopes;
    private final JobStore jobs;

    ReplayEstimates(ReplayableEnvelopes envelopes, JobStore jobs) {
        this.envelopes = envelopes;
        this.jobs = jobs;
    }

    /**
     * An estimate.
     *
     * @param envelopes that arrived in the hours of the range
     * @param seconds as fast as the last replay that went through; null if there was none
     * @param oldest the hour of the oldest envelope that is accounted for; null if there is none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ReplayEstimate")
    public record Estimate(
            long envelopes,
            @Nullable Long seconds,
            @Nullable Instant oldest) {}

    /**
     * How much there is to process again.
     *
     * @param projects ids; null for all
     * @throws ApiException if the range is none
     */
    public Estimate of(Instant from, Instant to, @Nullable List<Long> projects) {
        if (!from.isBefore(to)) {
            throw ApiException.invalid("to", "%s (expected: after from, %s)".formatted(to, from));
        }
        long count = envelopes.count(from, to, projects == null ? List.of() : projects);
        OptionalDouble speed = envelopesPerSecond();
        return new Estimate(
                count,
                speed.isEmpty() ? null : Math.round(count / speed.getAsDouble()),
                envelopes.oldest().orElse(null));
    }

    private OptionalDouble envelopesPerSecond() {
        return jobs.list(ReplayRequest.KIND, VisibleProjects.ALL, Long.MAX_VALUE, LOOK_BACK).entries().stream()
                .map(ReplayEstimates::speed)
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    private static Optional<Double> speed(Job job) {
        Instant startedAt = job.startedAt();
        if (!(job.state() instanceof JobState.Succeeded(Instant endedAt, var _))
                || startedAt == null
                || job.progress().done() == 0) {
            return Optional.empty();
        }
        double seconds = Math.max(1, Duration.between(startedAt, endedAt).toMillis()) / 1_000.0;
        return Optional.of(job.progress().done() / seconds);
    }
}
