package dev.resentry.storage.session;

import org.jspecify.annotations.Nullable;

/** How many users sessions have: exact up to 256, then within about 1.2 %. */
public record SessionUserCounts(long all, long errored, long abnormal, long crashed) {

    /** The share of users without a crash, from 0 to 1; null without users. */
    public @Nullable Double crashFree() {
        return all == 0 ? null : Double.valueOf(Math.max(0, 1 - (double) crashed / all));
    }
}
