package dev.resentry.conversion;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts attributes, values and times from OTLP's JSON to Sentry's form. */
final class OtlpAttributes {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private OtlpAttributes() {}

    static ObjectNode ofResource(JsonNode resource) {
        ObjectNode attributes = Json.object();
        addTo(attributes, resource.path("attributes"));
        return attributes;
    }

    static ObjectNode ofScope(JsonNode scope) {
        ObjectNode attributes = Json.object();
        putText(attributes, "otel.scope.name", Json.text(scope, "name"));
        putText(attributes, "otel.scope.version", Json.text(scope, "version"));
        return attributes;
    }

    /** Adds attributes as {@code {"key": {"type": …, "value": …}}}. */
    static void addTo(ObjectNode attributes, JsonNode pairs) {
        for (JsonNode pair : pairs) {
            String key = Json.text(pair, "key");
            if (key != null) {
                add(attributes, key, pair.path("value"));
            }
        }
    }

    static void putText(ObjectNode attributes, String key, @Nullable String value) {
        if (value != null) {
            attributes.putObject(key).put("type", "string").put("value", value);
        }
    }

    private static void add(ObjectNode attributes, String key, JsonNode value) {
        if (value.path("stringValue").isString()) {
            putText(attributes, key, value.get("stringValue").asString());
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
            putText(attributes, key, plain(value).toString());
        }
    }

    /** The string of an attribute in Sentry's form; null if it is missing, empty or no string. */
    static @Nullable String text(ObjectNode attributes, String key) {
        JsonNode value = attributes.path(key).path("value");
        return value.isString() && !value.asString().isEmpty() ? value.asString() : null;
    }

    /** A value as text for people; empty if there is no value. */
    static String readable(JsonNode value) {
        for (String kind : new String[] {"stringValue", "intValue", "doubleValue", "boolValue"}) {
            if (value.path(kind).isValueNode()) {
                return value.path(kind).asString();
            }
        }
        return value.isEmpty() ? "" : plain(value).toString();
    }

    /** A list as an array and a list of pairs as an object, as people write them; what is neither stays as it is. */
    private static JsonNode plain(JsonNode value) {
        if (value.has("arrayValue")) {
            ArrayNode array = Json.object().arrayNode();
            value.path("arrayValue").path("values").forEach(each -> array.add(plain(each)));
            return array;
        }
        if (value.has("kvlistValue")) {
            ObjectNode object = Json.object();
            value.path("kvlistValue")
                    .path("values")
                    .forEach(pair -> object.set(pair.path("key").asString(""), plain(pair.path("value"))));
            return object;
        }
        for (String kind : new String[] {"stringValue", "boolValue", "doubleValue", "bytesValue"}) {
            if (value.path(kind).isValueNode()) {
                return value.get(kind);
            }
        }
        BigDecimal integer = number(value.path("intValue"));
        return integer == null ? value : BigIntegerNode.valueOf(integer.toBigInteger());
    }

    static void putSeconds(ObjectNode node, String name, JsonNode nanos) {
        BigDecimal number = number(nanos);
        if (number != null && number.signum() > 0) {
            node.put(name, number.divide(NANOS));
        }
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        String text = value.isValueNode() ? value.asString() : "";
        return text.matches("-?[0-9]{1,20}") ? new BigDecimal(text) : null;
    }
}
