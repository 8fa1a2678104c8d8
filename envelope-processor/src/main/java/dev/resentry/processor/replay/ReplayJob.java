package dev.resentry.processor.replay;

import dev.resentry.processor.replay.ReplayState.Phase;
import dev.resentry.processor.replay.ReplayState.RollupCursor;
import dev.resentry.processor.replay.TopicStretches.Stretch;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.replay.RawEnvelopes;
import dev.resentry.storage.replay.RawEnvelopes.Cursor;
import dev.resentry.storage.replay.RawEnvelopes.OnTopic;
import dev.resentry.storage.replay.RawEnvelopes.Range;
import dev.resentry.storage.replay.ReplayRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Processes a stretch of the past again: what topic {@code envelopes} has of it, then, from the database, what it has no longer;
 * then the roll-ups of what changed. Each step may be done more than once. It takes half of the time at most, and waits while the
 * live stream is behind.
 *
 * <p>A replay that is cancelled, or fails for good while it reads, still makes the roll-ups of what it changed.
 */
final class ReplayJob implements JobHandler {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);
    private static final int MAX_ENVELOPES = 500;
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    /** How many hours without envelopes a step looks through. */
    private static final int EMPTY_HOURS = 48;

    private final TopicStretches topic;
    private final RawEnvelopes envelopes;
    private final BatchReplay batches;
    private final RollupPhase rollups;
    private final LiveLag lag;
    private final long maxLag;

    ReplayJob(
            TopicStretches topic,
            RawEnvelopes envelopes,
            BatchReplay batches,
            RollupPhase rollups,
            LiveLag lag,
            long maxLag) {
        this.topic = topic;
        this.envelopes = envelopes;
        this.batches = batches;
        this.rollups = rollups;
        this.lag = lag;
        this.maxLag = maxLag;
    }

    @Override
    public String kind() {
        return ReplayRequest.KIND;
    }

    @Override
    public JobStep step(Job job) {
        ReplayRequest request = ReplayRequest.of(job);
        String noted = job.stateJson();
        if (noted == null) {
            return advanced(begin(job.id(), request), Duration.ZERO);
        }
        if (lag.records() > maxLag) {
            return new JobStep.Waiting(LOOK_AGAIN);
        }
        return step(job.id(), request, ReplayState.of(noted));
    }

    @Override
    public JobStep cancel(Job job) {
        String noted = job.stateJson();
        if (noted == null) {
            return new JobStep.Finished(null);
        }
        ReplayRequest request = ReplayRequest.of(job);
        ReplayState state = ReplayState.of(noted);
        return step(job.id(), request, state.isReading() ? read(job.id(), request, state) : state);
    }

    @Override
    public Optional<JobStep.Advanced> giveUp(Job job, String failure) {
        String noted = job.stateJson();
        if (noted == null) {
            return Optional.empty();
        }
        ReplayState state = ReplayState.of(noted);
        return state.isReading()
                ? Optional.of(advanced(read(job.id(), ReplayRequest.of(job), state.failed(failure)), Duration.ZERO))
                : Optional.empty();
    }

    private ReplayState begin(long jobId, ReplayRequest request) {
        Instant now = CLOCK.instant();
        Instant until = request.to().isBefore(now) ? request.to() : now;
        UUID topicId = topic.topicId();
        List<Stretch> stretches = topic.since(jobId, request.from());
        long onTopic = stretches.stream()
                .mapToLong(stretch -> stretch.end() - stretch.first())
                .sum();
        return new ReplayState(
                Phase.TOPIC,
                until,
                topicId,
                stretches,
                new Cursor(envelopes.begin(request.from(), until), null),
                RollupCursor.BEGIN,
                0,
                Math.max(onTopic, envelopes.counted(request.from(), until, request.projects())),
                ReplaySums.NONE,
                0,
                List.of(),
                null);
    }

    private JobStep step(long jobId, ReplayRequest request, ReplayState state) {
        long begin = System.nanoTime();
        ReplayState next = switch (state.phase()) {
            case TOPIC -> readTopic(jobId, request, state);
            case STORED -> readStored(jobId, request, state);
            case ISSUES -> rollups.issues(jobId, state);
            case PROJECTS -> rollups.projects(jobId, state);
            case DONE -> state;
        };
        if (state.phase() == Phase.DONE) {
            rollups.forget(jobId);
            String report = ReplayReport.json(request, state);
            return state.failure() == null ? new JobStep.Finished(report) : new JobStep.Failed(state.failure(), report);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return advanced(next, took.compareTo(LONGEST_REST) < 0 ? took : LONGEST_REST);
    }

    private static JobStep.Advanced advanced(ReplayState state, Duration rest) {
        return new JobStep.Advanced(
                new JobProgress(state.done(), Math.max(state.done(), state.total())), state.json(), rest);
    }

    private ReplayState readTopic(long jobId, ReplayRequest request, ReplayState state) {
        List<Stretch> stretches = new ArrayList<>(state.stretches());
        for (int i = 0; i < stretches.size(); i++) {
            if (!stretches.get(i).isRead()) {
                TopicStretches.Part part = topic.read(jobId, stretches.get(i));
                ReplaySums sums = batches.replay(jobId, request, part.records(), state.sums());
                stretches.set(i, part.rest());
                return state.with(stretches, sums, part.records().size());
            }
        }
        return state.with(Phase.STORED);
    }

    /** Goes by hours, so that each can be held against the ledger. */
    private ReplayState readStored(long jobId, ReplayRequest request, ReplayState state) {
        var onTopic = new OnTopic(
                state.topicId(),
                state.stretches().stream()
                        .map(stretch -> new Range(stretch.partition(), stretch.first(), stretch.end()))
                        .toList());
        Cursor cursor = state.cursor();
        ReplaySums sums = state.sums();
        for (int hours = 0; hours < EMPTY_HOURS && cursor.at().isBefore(state.until()); hours++) {
            Instant hour = cursor.at().truncatedTo(ChronoUnit.HOURS);
            Instant nextHour = hour.plus(1, ChronoUnit.HOURS);
            Instant end = nextHour.isBefore(state.until()) ? nextHour : state.until();
            RawEnvelopes.Part part = envelopes.read(cursor, end, request.projects(), onTopic, MAX_ENVELOPES, MAX_BYTES);
            if (!part.records().isEmpty()) {
                return state.with(
                        part.next(),
                        batches.replay(jobId, request, part.records(), sums),
                        part.records().size());
            }
            if (!hour.isBefore(request.from()) && !nextHour.isAfter(state.until())) {
                sums = sums.plusGone(envelopes.gone(hour, request.projects()));
            }
            cursor = new Cursor(end, null);
        }
        ReplayState next = state.with(cursor, sums, 0);
        return cursor.at().isBefore(state.until()) ? next : read(jobId, request, next);
    }

    /** The state once all is read. */
    private ReplayState read(long jobId, ReplayRequest request, ReplayState state) {
        return rollups.counted(jobId, state).with(request.dryRun() ? Phase.DONE : Phase.ISSUES);
    }
}
