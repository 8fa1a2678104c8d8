package dev.resentry.storage.monitor;

import dev.resentry.model.cron.CheckInStatus;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A monitor that fails, which nobody was told yet.
 *
 * @param key one of the project's
 * @param eventId the same whenever this incident is told
 * @param status of the check-in that opened it
 * @param at when that came, or counted as missed
 * @param expectedAt when it was due
 * @param failures how many had failed in a row
 */
public record MonitorIncident(
        long environmentId,
        long monitorId,
        String environment,
        ProjectId project,
        PublicKey key,
        EventId eventId,
        MonitorSettings settings,
        CheckInStatus status,
        Instant at,
        @Nullable Instant expectedAt,
        String checkInId,
        int failures) {

    /** In one line, such as {@code nightly-backup missed a check-in}. The same for all of a kind, as it names the issue. */
    public String message() {
        return switch (status) {
            case MISSED -> "%s missed a check-in".formatted(settings.name());
            case TIMEOUT ->
                settings.maxRuntimeMinutes() == 1
                        ? "%s ran longer than 1 minute".formatted(settings.name())
                        : "%s ran longer than %d minutes".formatted(settings.name(), settings.maxRuntimeMinutes());
            case ERROR, OK, IN_PROGRESS, UNKNOWN -> "%s failed".formatted(settings.name());
        };
    }
}
