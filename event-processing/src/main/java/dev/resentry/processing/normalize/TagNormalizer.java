package dev.resentry.processing.normalize;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tags come as an object or as a list of pairs; they become an object of texts. Of a repeated key the last one stands. */
final class TagNormalizer {
    private TagNormalizer() {}

    static void apply(ObjectNode event) {
        JsonNode given = event.remove("tags");
        ObjectNode tags = event.putObject("tags");
        if (given == null) {
            return;
        }
        if (given.isObject()) {
            given.properties().forEach(tag -> put(tags, tag.getKey(), tag.getValue()));
        } else if (given.isArray()) {
            for (JsonNode pair : given) {
                if (pair.isArray() && pair.size() == 2 && pair.get(0).isValueNode()) {
                    put(tags, pair.get(0).asString(), pair.get(1));
                }
            }
        }
    }

    private static void put(ObjectNode tags, String key, JsonNode value) {
        if (!key.isBlank() && value.isValueNode() && !value.isNull()) {
            tags.put(key, value.asString());
        }
    }
}
