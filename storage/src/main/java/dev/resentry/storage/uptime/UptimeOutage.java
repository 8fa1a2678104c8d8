package dev.resentry.storage.uptime;

import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A check that has found something down, which nobody was told yet.
 *
 * @param eventId the same whenever this outage is told
 * @param key one of the project's
 * @param beganAt when the first of its checks began
 * @param downAt when it began to count as down
 * @param result of the last of them
 */
public record UptimeOutage(
        long checkId,
        ProjectId project,
        PublicKey key,
        EventId eventId,
        UptimeCheckSettings settings,
        Instant beganAt,
        Instant downAt,
        UptimeResult result) {

    /** In one line, such as {@code Shop is down: 503 (expected 200-299)}. */
    public String message() {
        @Nullable String error = result.error();
        return "%s is down: %s".formatted(settings.name(), error == null ? "it failed" : error);
    }
}
