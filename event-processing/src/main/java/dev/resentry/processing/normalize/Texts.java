package dev.resentry.processing.normalize;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields that hold a text. */
final class Texts {
    private static final String CUT = "...";
    private static final double EXACT = 0x1p53;

    private Texts() {}

    /** How long a text may be, and what it is cut to if it is longer by more than the grace. */
    record Limit(int length, int grace) {}

    /** A text, or a number or truth value as one; null for anything else. */
    static @Nullable String read(JsonNode value) {
        if (value.isString()) {
            return value.asString();
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "True" : "False";
        }
        if (value.isFloatingPointNumber()) {
            double number = value.asDouble(Double.NaN);
            return number == Math.rint(number) && Math.abs(number) < EXACT
                    ? Long.toString((long) number)
                    : value.asString();
        }
        return value.isNumber() ? value.asString() : null;
    }

    /** Makes a field a text; what cannot be one goes, with an error. The text, or null if there is none. */
    static @Nullable String lenient(Draft draft, ObjectNode object, String name, Path parent) {
        JsonNode value = object.get(name);
        if (value == null || value.isString()) {
            return value == null ? null : value.asString();
        }
        String text = read(value);
        if (text == null) {
            remove(draft, object, name, parent, "expected a text");
            return null;
        }
        object.put(name, text);
        return text;
    }

    /** As {@link #lenient}, without surrounding blanks; a blank one goes. */
    static @Nullable String stripped(Draft draft, ObjectNode object, String name, Path parent) {
        String text = lenient(draft, object, name, parent);
        if (text == null) {
            return null;
        }
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            object.remove(name);
            return null;
        }
        if (stripped.length() != text.length()) {
            object.put(name, stripped);
        }
        return stripped;
    }

    /** As {@link #lenient}, shortened to a limit. */
    static void bounded(Draft draft, ObjectNode object, String name, Path parent, Limit limit) {
        String text = lenient(draft, object, name, parent);
        if (text != null && text.length() > limit.length() + limit.grace()) {
            object.put(name, cut(text, limit.length()));
            draft.shortened(parent.at(name), text.length());
        }
    }

    /** Removes a field; null is nothing to speak of. */
    static void remove(Draft draft, ObjectNode object, String name, Path parent, String reason) {
        JsonNode value = object.remove(name);
        if (value != null && !value.isNull()) {
            draft.invalid(parent.at(name), value, reason);
        }
    }

    /** Shortened to a length of at least three, with dots at the end; never between the halves of one character. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - CUT.length();
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
