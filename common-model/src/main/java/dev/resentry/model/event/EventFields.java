package dev.resentry.model.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads single fields of an event's tree, whatever shape they have. */
final class EventFields {
    private EventFields() {}

    /** A text, or a number or truth value as text; empty for anything else. */
    static String scalar(JsonNode json, String name) {
        return json.path(name).asString("");
    }

    /** A text; empty for anything else. */
    static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isString() ? value.asString() : "";
    }

    static boolean flag(JsonNode json, String name) {
        return json.path(name).asBoolean(false);
    }

    /** The objects of an interface that has a list {@code values}; empty if it is missing or has another shape. */
    static List<JsonNode> values(JsonNode json, String name) {
        return objects(json.path(name).path("values"));
    }

    /** The objects of a list, without what is none. */
    static List<JsonNode> objects(JsonNode list) {
        List<JsonNode> objects = new ArrayList<>(list.size());
        if (list.isArray()) {
            for (JsonNode entry : list) {
                if (entry.isObject()) {
                    objects.add(entry);
                }
            }
        }
        return Collections.unmodifiableList(objects);
    }
}
