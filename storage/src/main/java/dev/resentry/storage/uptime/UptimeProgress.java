package dev.resentry.storage.uptime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What checks have found so far. Pure.
 *
 * @param failures in a row by now
 * @param failingSince when the first of them was; null if there are none
 */
record UptimeProgress(
        UptimeState state,
        Instant since,
        int failures,
        @Nullable Instant failingSince) {

    /**
     * What is known after one more check.
     *
     * @param needed how many failures in a row count as down
     */
    UptimeProgress after(boolean ok, Instant at, int needed) {
        if (ok) {
            return new UptimeProgress(UptimeState.UP, state == UptimeState.UP ? since : at, 0, null);
        }
        int more = failures + 1;
        Instant first = failingSince == null ? at : failingSince;
        return more >= needed && state != UptimeState.DOWN
                ? new UptimeProgress(UptimeState.DOWN, at, more, first)
                : new UptimeProgress(state, since, more, first);
    }
}
