package dev.resentry.storage.feedback;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.event.IdentifiedRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Feedback on its way into the database.
 *
 * @param eventId its own
 * @param source how it was given, such as {@code widget}
 * @param aboutEvent the event that it is about
 * @param tagsJson a JSON object of texts
 */
public record NewFeedback(
        EventId eventId,
        Instant occurredAt,
        String source,
        String message,
        @Nullable String name,
        @Nullable String email,
        @Nullable String url,
        @Nullable EventId aboutEvent,
        @Nullable UUID replayId,
        @Nullable UUID traceId,
        @Nullable String platform,
        @Nullable String release,
        @Nullable String environment,
        @Nullable String sdkName,
        @Nullable String sdkVersion,
        String tagsJson)
        implements IdentifiedRow {

    @Override
    public long weight() {
        return (long) message.length() + tagsJson.length();
    }
}
