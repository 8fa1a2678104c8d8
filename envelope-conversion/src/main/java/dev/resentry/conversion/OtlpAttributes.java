package dev.resentry.conversion;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns attributes and times of OTLP's JSON into Sentry's. */
final class OtlpAttributes {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private OtlpAttributes() {}

    /** Adds attributes as {@code {"key": {"type": …, "value": …}}}. */
    static void addTo(ObjectNode attributes, JsonNode pairs) {
        for (JsonNode pair : pairs) {
            String key = Json.text(pair, "key");
            if (key != null) {
                add(attributes, key, pair.path("value"));
            }
        }
    }

    private static void add(ObjectNode attributes, String key, JsonNode value) {
        if (value.path("stringValue").isString()) {
            attributes
                    .putObject(key)
                    .put("type", "string")
                    .put("value", value.get("stringValue").asString());
        } else if (value.path("boolValue").isBoolean()) {
            attributes
                    .putObject(key)
                    .put("type", "boolean")
                    .put("value", value.get("boolValue").asBoolean());
        } else if (value.has("intValue")) {
            BigDecimal number = number(value.get("intValue"));
            if (number != null) {
                attributes.putObject(key).put("type", "integer").put("value", number.toBigInteger());
            }
        } else if (value.path("doubleValue").isNumber()) {
            attributes.putObject(key).put("type", "double").set("value", value.get("doubleValue"));
        } else if (!value.isEmpty()) {
            attributes.putObject(key).put("type", "string").put("value", value.toString());
        }
    }

    /** The text of an attribute; null if there is none. */
    static @Nullable String text(JsonNode pairs, String key) {
        for (JsonNode pair : pairs) {
            if (key.equals(Json.text(pair, "key"))) {
                return Json.text(pair.path("value"), "stringValue");
            }
        }
        return null;
    }

    /** Nanoseconds since 1970, a number or a text, as seconds; null if there are none. */
    static @Nullable BigDecimal seconds(JsonNode nanos) {
        BigDecimal number = number(nanos);
        return number == null || number.signum() <= 0 ? null : number.divide(NANOS);
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        String text = value.isValueNode() ? value.asString() : "";
        return text.matches("-?[0-9]{1,20}") ? new BigDecimal(text) : null;
    }
}
