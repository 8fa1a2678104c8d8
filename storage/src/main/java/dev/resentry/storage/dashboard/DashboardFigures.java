package dev.resentry.storage.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * The figures of some time.
 *
 * @param users of events, in the hours that the time touches
 * @param newIssues that happened for the first time
 * @param crashFree the share of sessions that did not crash, from 0 to 1; null without sessions
 */
public record DashboardFigures(
        long errors,
        long users,
        long newIssues,
        long sessions,
        @Nullable Double crashFree) {

    /** Those of a time, and of the time before it. */
    public record Pair(DashboardFigures now, DashboardFigures before) {}
}
