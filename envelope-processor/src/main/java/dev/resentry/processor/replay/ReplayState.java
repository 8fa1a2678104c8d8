package dev.resentry.processor.replay;

import dev.resentry.processor.replay.TopicStretches.Stretch;
import dev.resentry.storage.replay.RawEnvelopes.Cursor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a replay is between two steps, as its job notes it.
 *
 * @param until before which envelopes arrived that it is about: not behind its begin
 * @param done records and envelopes that were read, and roll-ups that were made again
 * @param total an estimate of all that is to be done
 * @param issues of the result: how many changed; known at the end
 * @param issueExamples some of them
 * @param failure why it reads no further, and fails once the roll-ups are made; null if it does not fail
 */
record ReplayState(
        Phase phase,
        Instant until,
        UUID topicId,
        List<Stretch> stretches,
        Cursor cursor,
        RollupCursor rollups,
        long done,
        long total,
        ReplaySums sums,
        long issues,
        List<Long> issueExamples,
        @Nullable String failure) {
    private static final JsonMapper JSON = JsonMapper.shared();

    ReplayState {
        stretches = List.copyOf(stretches);
        issueExamples = List.copyOf(issueExamples);
    }

    /** The parts of a replay, in their order. */
    enum Phase {
        /** Reads what the topic has. */
        TOPIC,
        /** Reads the stored envelopes of what was not read from the topic. */
        STORED,
        /** Makes the roll-ups of touched issues again. */
        ISSUES,
        /** Makes the roll-ups of their projects again. */
        PROJECTS,
        /** Has only its result to tell. */
        DONE
    }

    /**
     * Where the roll-ups of projects are made again.
     *
     * @param project those with a smaller or the same id are done
     * @param at from when on the next one is to do; null for all of it
     */
    record RollupCursor(long project, @Nullable Instant at) {
        static final RollupCursor BEGIN = new RollupCursor(0, null);
    }

    static ReplayState of(String json) {
        return JSON.readValue(json, ReplayState.class);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    ReplayState with(Phase next) {
        return new ReplayState(
                next, until, topicId, stretches, cursor, rollups, done, total, sums, issues, issueExamples, failure);
    }

    ReplayState with(List<Stretch> newStretches, ReplaySums newSums, long more) {
        return new ReplayState(
                phase,
                until,
                topicId,
                newStretches,
                cursor,
                rollups,
                done + more,
                total,
                newSums,
                issues,
                issueExamples,
                failure);
    }

    ReplayState with(Cursor newCursor, ReplaySums newSums, long more) {
        return new ReplayState(
                phase,
                until,
                topicId,
                stretches,
                newCursor,
                rollups,
                done + more,
                total,
                newSums,
                issues,
                issueExamples,
                failure);
    }

    ReplayState with(RollupCursor newRollups, long more) {
        return new ReplayState(
                phase,
                until,
                topicId,
                stretches,
                cursor,
                newRollups,
                done + more,
                total,
                sums,
                issues,
                issueExamples,
                failure);
    }

    ReplayState withIssues(long count, List<Long> examples) {
        return new ReplayState(
                phase,
                until,
                topicId,
                stretches,
                cursor,
                rollups,
                done,
                Math.max(total, done + count),
                sums,
                count,
                examples,
                failure);
    }

    ReplayState failed(String why) {
        return new ReplayState(
                phase, until, topicId, stretches, cursor, rollups, done, total, sums, issues, issueExamples, why);
    }

    /** Whether it still reads what is to be replayed. */
    boolean isReading() {
        return phase == Phase.TOPIC || phase == Phase.STORED;
    }
}
