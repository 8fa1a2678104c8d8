package dev.resentry.processing.normalize;

import dev.resentry.processing.meta.Remark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Replaces what JSON may hold and PostgreSQL may not: NUL and halves of characters by U+FFFD, in values and names; numbers that are
 * none by their names. PHP's anonymous classes have a NUL in their names. Takes no more stack for a deeper tree.
 */
final class UnstorableText {
    private static final char REPLACEMENT = '\ufffd';
    private static final Set<String> NOTES = Set.of("_meta", "errors");
    private static final int MAX_NOTES = 1_000;

    /** So many names are not looked at again; a power of two. */
    private static final int NAMES = 128;

    private static final Remark REMARK = Remark.ofWhole("@invalid_character", Remark.Kind.SUBSTITUTED);

    private final Deque<Container> waiting = new ArrayDeque<>();
    private final List<Path> changed = new ArrayList<>();

    private UnstorableText() {}

    private record Container(JsonNode node, Path path) {}

    /** Replaces in an event and notes where; not of the notes that are there already. */
    static void replaceIn(Draft draft) {
        for (Path path : replaceIn(draft.json())) {
            List<String> names = path.names();
            if (!NOTES.contains(names.getFirst())) {
                draft.meta().remark(names, REMARK);
            }
        }
    }

    /** Replaces in a tree. Where, as far as there is a bounded number of places. */
    static List<Path> replaceIn(ObjectNode tree) {
        if (isStorable(tree)) {
            return List.of();
        }
        var walk = new UnstorableText();
        walk.waiting.add(new Container(tree, Path.EVENT));
        while (!walk.waiting.isEmpty()) {
            Container next = walk.waiting.removeLast();
            if (next.node() instanceof ObjectNode object) {
                walk.object(object, next.path());
            } else if (next.node() instanceof ArrayNode array) {
                walk.array(array, next.path());
            }
        }
        return walk.changed;
    }

    /** Nearly every tree is; to see that takes no notes of places. */
    private static boolean isStorable(ObjectNode tree) {
        Deque<JsonNode> waiting = new ArrayDeque<>();
        // A parser makes one text of a name however often it reads it.
        String[] storable = new String[NAMES];
        waiting.add(tree);
        while (!waiting.isEmpty()) {
            JsonNode container = waiting.removeLast();
            if (container instanceof ObjectNode object) {
                for (var field : object.properties()) {
                    String name = field.getKey();
                    int slot = name.hashCode() & (NAMES - 1);
                    if (!name.equals(storable[slot])) {
                        if (isUnstorable(name)) {
                            return false;
                        }
                        storable[slot] = name;
                    }
                    if (isFound(field.getValue(), waiting)) {
                        return false;
                    }
                }
            } else {
                for (JsonNode value : container) {
                    if (isFound(value, waiting)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean isFound(JsonNode value, Deque<JsonNode> waiting) {
        if (value.isContainer()) {
            if (!value.isEmpty()) {
                waiting.add(value);
            }
            return false;
        }
        return isUnstorable(value);
    }

    private void object(ObjectNode object, Path path) {
        boolean hasUnstorable = false;
        for (var field : object.properties()) {
            JsonNode value = field.getValue();
            if (value.isContainer()) {
                waiting.add(new Container(value, path.at(cleaned(field.getKey()))));
            } else {
                hasUnstorable |= isUnstorable(value);
            }
            hasUnstorable |= isUnstorable(field.getKey());
        }
        if (hasUnstorable) {
            replace(object, path);
        }
    }

    /** All fields are put anew, so that they keep their order. */
    private void replace(ObjectNode object, Path path) {
        ObjectNode before = object.objectNode().setAll(object);
        object.removeAll();
        for (var field : before.properties()) {
            String name = cleaned(field.getKey());
            JsonNode value = field.getValue();
            boolean isChanged = isUnstorable(value);
            object.set(name, isChanged ? cleaned(value) : value);
            if (isChanged || !name.equals(field.getKey())) {
                note(path.at(name));
            }
        }
    }

    private void array(ArrayNode array, Path path) {
        for (int i = 0; i < array.size(); i++) {
            JsonNode value = array.get(i);
            if (value.isContainer()) {
                waiting.add(new Container(value, path.at(i)));
            } else if (isUnstorable(value)) {
                array.set(i, cleaned(value));
                note(path.at(i));
            }
        }
    }

    private void note(Path path) {
        if (changed.size() < MAX_NOTES) {
            changed.add(path);
        }
    }

    private static boolean isUnstorable(JsonNode value) {
        return value instanceof StringNode text
                ? isUnstorable(text.asString())
                : value.isFloatingPointNumber() && !Double.isFinite(value.asDouble(0));
    }

    private static JsonNode cleaned(JsonNode value) {
        return StringNode.valueOf(cleaned(value.asString()));
    }

    private static boolean isUnstorable(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            // One comparison for nearly all: NUL becomes the largest.
            if ((char) (text.charAt(i) - 1) >= Character.MIN_SURROGATE - 1) {
                return isUnstorable(text, i);
            }
        }
        return false;
    }

    /** Apart from the loop over ordinary characters, which the compiler makes faster if nothing else is in it. */
    private static boolean isUnstorable(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (isLone(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static boolean isLone(String text, int at) {
        return !Character.isHighSurrogate(text.charAt(at))
                || at + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(at + 1));
    }

    /** A text without NUL and halves of characters. */
    static String cleaned(String text) {
        if (!isUnstorable(text)) {
            return text;
        }
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] == 0) {
                chars[i] = REPLACEMENT;
            } else if (Character.isSurrogate(chars[i])) {
                if (isLone(text, i)) {
                    chars[i] = REPLACEMENT;
                } else {
                    i++;
                }
            }
        }
        return String.valueOf(chars);
    }
}
