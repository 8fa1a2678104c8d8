package dev.resentry.storage.monitor;

import dev.resentry.model.cron.CheckInStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of a job as far as it is known.
 *
 * @param at when it was first heard of; of a missed one, when it counted so
 * @param expectedAt when it was due; null if it was not
 * @param timeoutAt when it counts as timed out, if it has not ended
 * @param endedBy the item that ended it without naming it
 * @param problem what was wrong with what came with it
 */
public record StoredCheckIn(
        long environmentId,
        UUID id,
        Instant at,
        CheckInStatus status,
        @Nullable Instant expectedAt,
        @Nullable Instant endedAt,
        @Nullable Long durationMs,
        Instant timeoutAt,
        @Nullable String release,
        @Nullable UUID traceId,
        @Nullable UUID endedBy,
        @Nullable String problem) {

    static StoredCheckIn missed(long environment, UUID id, Instant expectedAt, Instant at) {
        return new StoredCheckIn(
                environment, id, at, CheckInStatus.MISSED, expectedAt, null, null, at, null, null, null, null);
    }

    StoredCheckIn timedOut() {
        return new StoredCheckIn(
                environmentId,
                id,
                at,
                CheckInStatus.TIMEOUT,
                expectedAt,
                endedAt,
                durationMs,
                timeoutAt,
                release,
                traceId,
                endedBy,
                problem);
    }

    /**
     * With what another item says of the same run. In whichever order items come, the same is known in the end: it began when the first
     * came, and the first that says how it ended counts.
     */
    StoredCheckIn and(StoredCheckIn other) {
        StoredCheckIn first = at.isAfter(other.at) ? other : this;
        StoredCheckIn end = end(other);
        return new StoredCheckIn(
                environmentId,
                id,
                first.at,
                end.status,
                expectedAt == null ? other.expectedAt : expectedAt,
                end.endedAt,
                end.durationMs == null ? measured(first.at, end.endedAt) : end.durationMs,
                first.timeoutAt,
                end.release == null ? first.release : end.release,
                end.traceId == null ? first.traceId : end.traceId,
                end.endedBy,
                first.problem == null ? end.problem : first.problem);
    }

    // What its sender did not measure.
    private static @Nullable Long measured(Instant at, @Nullable Instant endedAt) {
        return endedAt == null || !endedAt.isAfter(at)
                ? null
                : Duration.between(at, endedAt).toMillis();
    }

    private StoredCheckIn end(StoredCheckIn other) {
        if (status.isFinal() && other.status.isFinal()) {
            return endOrAt().isAfter(other.endOrAt()) ? other : this;
        }
        if (status.isFinal() || other.status == CheckInStatus.IN_PROGRESS) {
            return this;
        }
        return other;
    }

    private Instant endOrAt() {
        return endedAt == null ? at : endedAt;
    }
}
