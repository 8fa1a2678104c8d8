package dev.resentry.service.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Bounds how many reports a process makes within a minute, whatever goes wrong in it. Safe to share between threads. */
final class ReportRate {
    static final int PER_MINUTE = 60;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Instant windowEnd = Instant.MIN;
    private int reports;

    ReportRate(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a report; false if there were too many. */
    synchronized boolean allows() {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            reports = 0;
        }
        return ++reports <= PER_MINUTE;
    }
}
