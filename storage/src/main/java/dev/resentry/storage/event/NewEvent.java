package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.storage.issue.IssueOccurrence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A normalised event on its way into the database. Counts on the issue of its hash.
 *
 * @param occurredAt the event's own time
 * @param message as a person reads it, cut for lists
 * @param tagsJson a JSON object of strings
 * @param payloadJson the whole normalised event as a JSON object
 */
public record NewEvent(
        EventId id,
        Instant occurredAt,
        String level,
        @Nullable String platform,
        String title,
        @Nullable String culprit,
        @Nullable String message,
        @Nullable String release,
        @Nullable String environment,
        GroupingHash hash,
        String tagsJson,
        String payloadJson)
        implements IssueOccurrence, IdentifiedRow {

    @Override
    public EventId eventId() {
        return id;
    }

    @Override
    public long weight() {
        return payloadJson.length();
    }
}
