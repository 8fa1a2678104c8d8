package dev.resentry.query.event;

import dev.resentry.model.event.Level;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.event.EventSummary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An event as lists show it; whole it is at {@code /events/{id}}. A page has up to 200 of them and an event may have
 * megabytes, so there is nothing here that would have to be read from the event's payload.
 *
 * @param id 32 hex digits
 * @param timestamp the event's own time
 * @param message the message as a person reads it, its first thousand characters
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "EventSummary")
record EventSummaryResponse(
        String id,
        long issueId,
        long projectId,
        UUID envelopeId,
        Instant receivedAt,
        Instant timestamp,
        @WordOf(Level.class) String level,
        String title,
        @Nullable String culprit,
        @Nullable String message,
        @Nullable String platform,
        @Nullable String release,
        @Nullable String environment,
        @Nullable String transaction,
        Map<String, String> tags) {
    static EventSummaryResponse of(EventSummary event) {
        return new EventSummaryResponse(
                event.id().toString(),
                event.issueId(),
                event.projectId(),
                event.envelopeId(),
                event.receivedAt(),
                event.occurredAt(),
                event.level(),
                event.title(),
                event.culprit(),
                event.message(),
                event.platform(),
                event.release(),
                event.environment(),
                event.transaction(),
                tags(event.tagsJson()));
    }

    /** The processor writes tags as an object of texts. */
    static Map<String, String> tags(String json) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (var tag : UntrustedJson.STORED.tree(json).properties()) {
            tags.put(tag.getKey(), tag.getValue().asString());
        }
        return tags;
    }
}
