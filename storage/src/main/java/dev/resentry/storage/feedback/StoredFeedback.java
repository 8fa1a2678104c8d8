package dev.resentry.storage.feedback;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Feedback with what people made of it.
 *
 * @param source how it was given, such as {@code widget}
 * @param aboutEvent the event that it is about, be it stored or not
 * @param issue the issue of that event; null if there is none (yet, or any more)
 * @param release of the program, or else of the event
 * @param environment likewise
 * @param tagsJson a JSON object of texts
 * @param attachments how many files came with it
 * @param assignee who is to deal with it
 * @param changed when and by whom its state was changed last; null if it never was
 */
public record StoredFeedback(
        EventId id,
        long projectId,
        String projectSlug,
        UUID envelopeId,
        Instant receivedAt,
        Instant occurredAt,
        String source,
        String message,
        @Nullable String name,
        @Nullable String email,
        @Nullable String url,
        @Nullable EventId aboutEvent,
        @Nullable Issue issue,
        @Nullable UUID replayId,
        @Nullable UUID traceId,
        @Nullable String platform,
        @Nullable String release,
        @Nullable String environment,
        @Nullable String sdkName,
        @Nullable String sdkVersion,
        String tagsJson,
        int attachments,
        FeedbackStatus status,
        @Nullable Assignee assignee,
        @Nullable Changed changed) {

    public record Issue(long id, String title, String status) {}

    public record Assignee(long id, String name) {}

    public record Changed(Instant at, String by) {}
}
