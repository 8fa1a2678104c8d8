package dev.resentry.storage.monitor;

import dev.resentry.model.cron.CheckInStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the newest check-ins of an environment. Pure, and of them alone: in whichever order they came, the same follows.
 *
 * @param status that of the newest
 * @param lastAt when the newest came that was not missed
 * @param nextAt when the next one is due; null if nothing is
 * @param failures how many failed in a row, without those that say nothing
 * @param failing the newest of these; null if there are none
 * @param successes how many went well in a row
 */
record EnvironmentState(
        String status,
        @Nullable Instant lastAt,
        @Nullable Instant nextAt,
        int failures,
        @Nullable StoredCheckIn failing,
        int successes) {
    /** How many are looked at: more than any threshold. */
    static final int LOOKED_AT = 2 * MonitorSettings.MAX_THRESHOLD;

    private static final String WAITING = "waiting";

    /**
     * @param newest the newest check-ins, the newest first
     * @param scheduledSince what was due before is not missed
     */
    static EnvironmentState of(MonitorSettings settings, Instant scheduledSince, List<StoredCheckIn> newest) {
        List<StoredCheckIn> ended = newest.stream()
                .filter(one -> one.status().isFailure() || one.status() == CheckInStatus.OK)
                .toList();
        int failures = leading(ended, true);
        Instant lastAt = newest.stream()
                .filter(one -> one.status() != CheckInStatus.MISSED)
                .map(StoredCheckIn::at)
                .findFirst()
                .orElse(null);
        return new EnvironmentState(
                newest.isEmpty() ? WAITING : newest.getFirst().status().wireName(),
                lastAt,
                newest.isEmpty() ? null : settings.next(accountedFor(settings, scheduledSince, lastAt, newest)),
                failures,
                failures == 0 ? null : ended.getFirst(),
                leading(ended, false));
    }

    private static int leading(List<StoredCheckIn> ended, boolean failures) {
        return (int) ended.stream()
                .takeWhile(one -> one.status().isFailure() == failures)
                .count();
    }

    /** Up to when it is known what came of what was due. */
    private static Instant accountedFor(
            MonitorSettings settings, Instant scheduledSince, @Nullable Instant lastAt, List<StoredCheckIn> newest) {
        Instant until = scheduledSince;
        if (lastAt != null) {
            until = later(until, settings.accountedForBy(lastAt));
        }
        return newest.stream()
                .filter(one -> one.status() == CheckInStatus.MISSED)
                .map(StoredCheckIn::expectedAt)
                .filter(Objects::nonNull)
                .reduce(until, EnvironmentState::later);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
