package dev.resentry.storage.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * How a release fares in an environment.
 *
 * @param environment empty for sessions and events without one
 * @param errors the events of the release
 * @param crashFree the share of sessions that did not crash, from 0 to 1
 */
public record ReleaseErrors(
        long projectId,
        String project,
        @Nullable Long releaseId,
        String version,
        String environment,
        long sessions,
        long errors,
        double crashFree) {

    public double errorsPerHundredSessions() {
        return 100.0 * errors / sessions;
    }
}
