package dev.resentry.processing.scrub;

import dev.resentry.processing.scrub.key.KeyVerdict;
import dev.resentry.processing.scrub.key.SensitiveKeys;
import dev.resentry.processing.scrub.place.Place;
import dev.resentry.processing.scrub.text.Markers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keys and values that do not stand in an object as its fields. */
final class Pairs {
    static final String VALUE = "value";

    private Pairs() {}

    /** Whether an entry of a list is a list of a text and one more value. */
    static boolean isPair(JsonNode entry) {
        return entry.isArray() && entry.size() == 2 && entry.get(0).isString();
    }

    /** The key of an object that is a pair, as of {@code {"name": "Authorization", "value": "…"}}; null if it is none. */
    static @Nullable String key(ObjectNode object, Place place) {
        if (object.size() > 4 || !object.has(VALUE) || place.isNamed(VALUE)) {
            return null;
        }
        JsonNode key = object.has("key") ? object.get("key") : object.get("name");
        return key != null && key.isString() ? Markers.without(key.asString()) : null;
    }

    /** Whether an entry of a list is an option of a command whose argument, the next entry, is a secret. */
    static boolean isOption(JsonNode entry, SensitiveKeys keys) {
        if (!entry.isString()) {
            return false;
        }
        String text = entry.asString();
        return text.length() > 2
                && text.length() <= 64
                && text.startsWith("--")
                && text.indexOf('=') < 0
                && keys.verdict(Markers.without(text)) == KeyVerdict.SECRET;
    }
}
