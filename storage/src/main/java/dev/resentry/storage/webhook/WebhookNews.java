package dev.resentry.storage.webhook;

import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.storage.outbox.EventsOutbox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Has topic {@code events} told of alerts, and so webhooks. */
public final class WebhookNews {
    private WebhookNews() {}

    /**
     * What fired.
     *
     * @param issueId 0 for the project
     * @param title of the issue, or the name of the project
     * @param reason why, in words
     */
    public record Fired(
            long firingId,
            long projectId,
            long ruleId,
            String ruleName,
            long issueId,
            String title,
            @Nullable UUID eventId,
            String reason,
            Instant at) {}

    /** Tells it in the caller's transaction, which notes the firing. */
    public static void alertFired(JdbcClient jdbc, Fired fired) {
        EventsOutbox.append(jdbc, List.of(record(fired)));
    }

    private static AlertFired record(Fired fired) {
        UUID event = fired.eventId();
        return new AlertFired(
                new Origin(AlertFired.id(fired.firingId()), Cause.LIVE, new ProjectId(fired.projectId()), fired.at()),
                fired.firingId(),
                fired.ruleId(),
                fired.ruleName(),
                fired.issueId(),
                fired.title(),
                event == null ? null : EventId.parse(event.toString()).orElseThrow(),
                fired.reason());
    }
}
