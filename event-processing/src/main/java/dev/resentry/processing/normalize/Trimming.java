package dev.resentry.processing.normalize;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Bounds what an SDK puts together freely, such as variables: containers too deep become their JSON as a text, texts are cut, and what
 * comes behind the limit goes. Sizes are about the characters of the JSON.
 */
final class Trimming {
    private static final int OVERHEAD = 2;
    private static final int NUMBER = 8;

    /** No entry begins in less room than that. */
    private static final int LEAST = 8;

    private final Draft draft;
    private int remaining;

    private Trimming(Draft draft, int size) {
        this.draft = draft;
        this.remaining = size;
    }

    /** How many levels of containers a value may have, itself included, and how large it may be. */
    record Limit(int depth, int size) {}

    /** Bounds a field, if it is there. */
    static void apply(Draft draft, ObjectNode object, String name, Path parent, Limit limit) {
        JsonNode value = object.get(name);
        if (value != null && !fits(value, limit)) {
            object.set(name, new Trimming(draft, limit.size()).trimmed(value, parent.at(name), limit.depth()));
        }
    }

    private static boolean fits(JsonNode value, Limit limit) {
        return left(value, limit.depth(), limit.size()) >= 0;
    }

    /** What is left of a size behind a value; negative if it does not fit. Looks at no more than would fit. */
    private static int left(JsonNode value, int depth, int size) {
        int left = size;
        switch (value) {
            case StringNode text -> left -= text.asString().length() + OVERHEAD;
            case ObjectNode object -> {
                left = depth == 0 ? -1 : left - OVERHEAD;
                for (var entry : object.properties()) {
                    if (left < 0) {
                        break;
                    }
                    left = left(
                            entry.getValue(), depth - 1, left - entry.getKey().length() - OVERHEAD);
                }
            }
            case ArrayNode array -> {
                left = depth == 0 ? -1 : left - OVERHEAD;
                for (int i = 0; i < array.size() && left >= 0; i++) {
                    left = left(array.get(i), depth - 1, left);
                }
            }
            default -> left -= NUMBER;
        }
        return left;
    }

    private JsonNode trimmed(JsonNode value, Path path, int depth) {
        return switch (value) {
            case StringNode text -> text(text.asString(), path);
            case ObjectNode object when depth > 0 -> object(object, path, depth);
            case ArrayNode array when depth > 0 -> array(array, path, depth);
            case ObjectNode deep -> deep(deep, path);
            case ArrayNode deep -> deep(deep, path);
            default -> {
                remaining -= NUMBER;
                yield value;
            }
        };
    }

    private JsonNode deep(JsonNode container, Path path) {
        draft.shortened(path, container.size());
        return text(container.toString(), path);
    }

    private JsonNode text(String text, Path path) {
        int room = remaining - OVERHEAD;
        String cut = Texts.cut(text, room);
        if (cut.length() != text.length()) {
            draft.shortened(path, text.length());
        }
        remaining -= cut.length() + OVERHEAD;
        return StringNode.valueOf(cut);
    }

    private ObjectNode object(ObjectNode object, Path path, int depth) {
        remaining -= OVERHEAD;
        ObjectNode kept = object.objectNode();
        for (var entry : object.properties()) {
            int name = entry.getKey().length() + OVERHEAD;
            if (remaining - name < LEAST) {
                draft.shortened(path, object.size());
                break;
            }
            remaining -= name;
            kept.set(entry.getKey(), trimmed(entry.getValue(), path.at(entry.getKey()), depth - 1));
        }
        return kept;
    }

    private ArrayNode array(ArrayNode array, Path path, int depth) {
        remaining -= OVERHEAD;
        ArrayNode kept = array.arrayNode();
        for (int i = 0; i < array.size(); i++) {
            if (remaining < LEAST) {
                draft.shortened(path, array.size());
                break;
            }
            kept.add(trimmed(array.get(i), path.at(i), depth - 1));
        }
        return kept;
    }
}
