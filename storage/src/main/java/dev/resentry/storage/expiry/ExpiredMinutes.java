package dev.resentry.storage.expiry;

import dev.resentry.storage.rollup.RollupExpiry;
import java.time.Instant;

/** Removes counts by minute, which are kept for a time of their own. */
record ExpiredMinutes(RollupExpiry rollups) implements ExpiryStep {
    private static final int ROWS = 2_000;

    @Override
    public String name() {
        return "project_minutes";
    }

    @Override
    public Removed removeSome(Instant now) {
        int removed = rollups.deleteMinutes(now, ROWS);
        return new Removed(removed, removed == ROWS);
    }
}
