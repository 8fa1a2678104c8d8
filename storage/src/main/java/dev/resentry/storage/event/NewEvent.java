package dev.resentry.storage.event;

import dev.resentry.model.event.EventAttributes;
import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.storage.issue.IssueOccurrence;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A normalised event on its way into the database. Counts on the issue of its hash.
 *
 * @param occurredAt the event's own time
 * @param message as a person reads it, cut for lists
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
        EventAttributes attributes,
        GroupingHash hash,
        List<GroupingHash> otherHashes,
        Map<String, String> tags,
        String payloadJson)
        implements IssueOccurrence, IdentifiedRow {

    public NewEvent {
        otherHashes = List.copyOf(otherHashes);
        // In the order of the SDK, which Map.copyOf would lose.
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    @Override
    public EventId eventId() {
        return id;
    }

    @Override
    public @Nullable String errorType() {
        return attributes.errorType();
    }

    @Override
    public boolean isUnhandled() {
        return Boolean.FALSE.equals(attributes.handled());
    }

    @Override
    public long weight() {
        return payloadJson.length();
    }
}
