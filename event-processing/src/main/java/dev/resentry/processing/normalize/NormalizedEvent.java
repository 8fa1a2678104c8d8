package dev.resentry.processing.normalize;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.model.event.Level;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event in the one shape that the steps behind normalising rely on: {@code exception}, {@code threads} and
 * {@code breadcrumbs} are objects with an array {@code values}; stack traces have frames, all of them objects; {@code tags} is an
 * object of texts; {@code logentry} is an object; {@code fingerprint}, if there is one, an array of texts; {@code headers},
 * {@code cookies} and {@code query_string} of the request are arrays of pairs of texts; {@code errors} and {@code _meta} tell
 * what was removed and what was changed.
 *
 * @param json the whole event; not to be changed
 */
public record NormalizedEvent(
        EventId id,
        Instant occurredAt,
        Level level,
        String platform,
        @Nullable String release,
        @Nullable String environment,
        ObjectNode json) {

    /** The event for reading. */
    public Event view() {
        return new Event(json);
    }

    /** The tags, in the order of the SDK. */
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        json.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
        return tags;
    }
}
