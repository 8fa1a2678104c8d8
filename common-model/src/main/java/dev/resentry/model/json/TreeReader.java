package dev.resentry.model.json;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the tree of an object that an ordinary mapper would make, and notices numbers that are none on the way. Takes no more
 * stack for a deeper document.
 */
final class TreeReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final Deque<JsonNode> outer = new ArrayDeque<>();
    private boolean isFinite = true;

    TreeReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Whether every number that was read is finite. */
    boolean isFinite() {
        return isFinite;
    }

    /** Reads to the end of the object that the parser is at the beginning of. */
    ObjectNode object() {
        ObjectNode root = NODES.objectNode();
        JsonNode current = root;
        while (true) {
            JsonNode inner = current instanceof ObjectNode object ? fields(object) : entries((ArrayNode) current);
            if (inner != null) {
                outer.push(current);
                current = inner;
            } else if (outer.isEmpty()) {
                return root;
            } else {
                current = outer.pop();
            }
        }
    }

    /** Reads fields to the first that holds others, which is returned; to the end of the object if there is none. */
    private @Nullable JsonNode fields(ObjectNode object) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonNode value = value(parser.nextToken());
            object.set(name, value);
            if (value.isContainer()) {
                return value;
            }
        }
        return null;
    }

    private @Nullable JsonNode entries(ArrayNode array) {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            JsonNode value = value(token);
            array.add(value);
            if (value.isContainer()) {
                return value;
            }
        }
        return null;
    }

    private JsonNode value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> NODES.objectNode();
            case START_ARRAY -> NODES.arrayNode();
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> {
                double number = parser.getDoubleValue();
                isFinite &= Double.isFinite(number);
                yield NODES.numberNode(number);
            }
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a parser of bytes hands out no value as " + token);
        };
    }
}
