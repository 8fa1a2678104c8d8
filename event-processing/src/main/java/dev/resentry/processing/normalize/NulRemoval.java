package dev.resentry.processing.normalize;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Replaces the character NUL, which PostgreSQL's JSON cannot hold, by U+FFFD, in texts and in keys. */
final class NulRemoval {
    private NulRemoval() {}

    /** Changes the tree in place. Depth is bounded by the JSON reader's own limit. */
    static void apply(JsonNode node) {
        switch (node) {
            case ObjectNode object -> object(object);
            case ArrayNode array -> array(array);
            default -> {
                // A value of its own; its container replaces it.
            }
        }
    }

    private static void object(ObjectNode object) {
        for (String key : object.propertyNames().toArray(String[]::new)) {
            JsonNode value = object.get(key);
            apply(value);
            String cleanKey = cleaned(key);
            if (!cleanKey.equals(key)) {
                object.remove(key);
            }
            if (value.isString() && value.asString().indexOf('\0') >= 0) {
                object.put(cleanKey, cleaned(value.asString()));
            } else if (!cleanKey.equals(key)) {
                object.set(cleanKey, value);
            }
        }
    }

    private static void array(ArrayNode array) {
        for (int i = 0; i < array.size(); i++) {
            JsonNode value = array.get(i);
            apply(value);
            if (value.isString() && value.asString().indexOf('\0') >= 0) {
                array.set(i, StringNode.valueOf(cleaned(value.asString())));
            }
        }
    }

    private static String cleaned(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\ufffd');
    }
}
