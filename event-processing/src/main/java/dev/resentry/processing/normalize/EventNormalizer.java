package dev.resentry.processing.normalize;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.model.event.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings what SDKs send as an event into one shape. Whatever has no place in it is left as it came; nothing is refused: an
 * odd field is no reason to lose an error.
 */
public final class EventNormalizer {
    private static final int MAX_NAME = 200;

    private EventNormalizer() {}

    /**
     * Normalises an event, changing its tree in place.
     *
     * @param envelopeEventId the id in the envelope's header, which wins over the event's own
     * @param fallbackId the id of an event that has none anywhere
     */
    public static NormalizedEvent normalize(
            ObjectNode event, @Nullable EventId envelopeEventId, EventId fallbackId, Instant receivedAt) {
        NulRemoval.apply(event);
        EventId id = envelopeEventId == null ? ownId(event, fallbackId) : envelopeEventId;
        event.put("event_id", id.toString());
        message(event);
        values(event, "exception");
        values(event, "threads");
        values(event, "breadcrumbs");
        stacktraceOfException(event);
        TagNormalizer.apply(event);
        fingerprint(event);
        Level level = new Event(event).level();
        event.put("level", level.wireName());
        Instant occurredAt = occurredAt(event, receivedAt);
        event.put("timestamp", occurredAt.toString());
        return new NormalizedEvent(
                id,
                occurredAt,
                level,
                name(event, "platform"),
                name(event, "release"),
                name(event, "environment"),
                event);
    }

    private static EventId ownId(ObjectNode event, EventId fallback) {
        JsonNode own = event.path("event_id");
        return own.isString() ? EventId.parse(own.asString()).orElse(fallback) : fallback;
    }

    /** {@code message} may be a text or an object; both become {@code logentry}. */
    private static void message(ObjectNode event) {
        JsonNode message = event.get("message");
        if (event.path("logentry").isString()) {
            String text = event.path("logentry").asString();
            event.putObject("logentry").put("formatted", text);
        }
        if (message != null && !event.path("logentry").isObject()) {
            if (message.isString()) {
                event.putObject("logentry").put("formatted", message.asString());
            } else if (message.isObject()) {
                event.set("logentry", message);
            }
        }
        if (message != null && message.isObject()) {
            event.remove("message");
        }
    }

    /** A list, a single object or an object with {@code values} become the latter, without empty entries. */
    private static void values(ObjectNode event, String key) {
        JsonNode given = event.get(key);
        if (given == null) {
            return;
        }
        JsonNode list = given.isObject() && given.has("values") ? given.get("values") : given;
        ObjectNode shaped = event.objectNode();
        ArrayNode values = shaped.putArray("values");
        if (list.isArray()) {
            list.forEach(value -> {
                if (value.isObject()) {
                    values.add(value);
                }
            });
        } else if (list.isObject()) {
            values.add(list);
        }
        if (values.isEmpty()) {
            event.remove(key);
        } else {
            event.set(key, shaped);
        }
    }

    /** A stack trace beside a single exception without one belongs to it (ingest protocol, section 8.7). */
    private static void stacktraceOfException(ObjectNode event) {
        JsonNode values = event.path("exception").path("values");
        if (values.size() == 1
                && event.path("stacktrace").isObject()
                && values.get(0) instanceof ObjectNode exception
                && !exception.path("stacktrace").isObject()) {
            exception.set("stacktrace", event.remove("stacktrace"));
        }
    }

    private static void fingerprint(ObjectNode event) {
        JsonNode given = event.remove("fingerprint");
        if (given == null || !given.isArray()) {
            return;
        }
        ArrayNode parts = event.arrayNode();
        given.forEach(part -> {
            if (part.isValueNode() && !part.isNull()) {
                parts.add(part.asString());
            }
        });
        if (!parts.isEmpty()) {
            event.set("fingerprint", parts);
        }
    }

    /** The event's own time. One that is missing, unreadable, or ahead of the gateway's clock is the time of arrival. */
    private static Instant occurredAt(ObjectNode event, Instant receivedAt) {
        Instant own = Timestamps.parse(event.path("timestamp"));
        return own == null || Timestamps.isAhead(own, receivedAt) ? receivedAt : own;
    }

    private static @Nullable String name(ObjectNode event, String key) {
        JsonNode given = event.path(key);
        if (!given.isString() || given.asString().isBlank()) {
            return null;
        }
        String name = given.asString().strip();
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }
}
