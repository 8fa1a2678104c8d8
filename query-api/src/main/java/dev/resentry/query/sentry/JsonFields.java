package dev.resentry.query.sentry;

import dev.resentry.query.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an object that was sent, of which an absent one says something else than one that is null. Numbers may be texts, as
 * scripts send both.
 *
 * @param place where the object stands in the body, such as {@code actions[0]}; empty for the body itself
 */
record JsonFields(JsonNode json, String place) {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?");
    private static final int MOST_SHOWN = 100;
    private static final int MOST_TEXT = 4_000;
    private static final int MAX_ENVIRONMENT = 64;

    static JsonFields of(JsonNode json, String place) {
        if (!json.isObject()) {
            throw ApiException.invalid(
                    place.isEmpty() ? "body" : place, "%s (expected: an object)".formatted(shown(json)));
        }
        return new JsonFields(json, place);
    }

    /** Whether it is there and not null. */
    boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** Whether it is there, be it null. */
    boolean says(String field) {
        return json.has(field);
    }

    String text(String field, String expected) {
        String text = optionalText(field);
        if (text == null || text.isBlank()) {
            throw wrong(field, expected);
        }
        return text.strip();
    }

    /** A text, or a number or the like as one; null if it is absent. */
    @Nullable
    String optionalText(String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isValueNode()) {
            throw wrong(field, "a text");
        }
        String text = value.asString();
        if (text.length() > MOST_TEXT) {
            throw ApiException.invalid(
                    name(field), "%d characters (expected: %d at most)".formatted(text.length(), MOST_TEXT));
        }
        return text;
    }

    /** One of some words, in any case. */
    String word(String field, String usual, List<String> words) {
        String given = optionalText(field);
        if (given == null) {
            return usual;
        }
        return words.stream()
                .filter(word -> word.equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> wrong(field, String.join(", ", words)));
    }

    long whole(String field, long least, long most) {
        double number = number(field, (double) least, (double) most);
        if (number != Math.rint(number)) {
            throw wrong(field, "a whole number");
        }
        return (long) number;
    }

    int whole(String field, int usual, int least, int most) {
        return has(field) ? (int) whole(field, (long) least, most) : usual;
    }

    double number(String field, double least, double most) {
        JsonNode value = json.path(field);
        String text = value.isNumber() || value.isString() ? value.asString().strip() : "";
        if (NUMBER.matcher(text).matches()) {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(field, "a number from %.0f to %.0f".formatted(least, most));
    }

    boolean flag(String field, boolean usual) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return usual;
        }
        if (!value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value.asBoolean();
    }

    JsonNode value(String field) {
        return json.path(field);
    }

    JsonFields object(String field) {
        return of(json.path(field), name(field));
    }

    /** The objects of a list; none if it is absent. */
    List<JsonFields> objects(String field) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode one : list(field)) {
            objects.add(of(one, "%s[%d]".formatted(name(field), objects.size())));
        }
        return objects;
    }

    /** The texts of a list; none if it is absent. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list(field)) {
            if (!one.isValueNode()) {
                throw wrong(field, "a list of texts");
            }
            texts.add(one.asString());
        }
        return texts;
    }

    private JsonNode list(String field) {
        JsonNode list = json.path(field);
        if (has(field) && !list.isArray()) {
            throw wrong(field, "a list");
        }
        return list;
    }

    /** Refuses what has no place here, unless it is absent, null, false or empty, and says nothing. */
    void refuse(String field, String reason) {
        JsonNode value = json.path(field);
        boolean nothing = value.isMissingNode()
                || value.isNull()
                || (value.isBoolean() && !value.asBoolean())
                || (value.isString() && value.asString().isEmpty())
                || (value.isContainer() && value.isEmpty());
        if (!nothing) {
            throw wrong(field, "none; " + reason);
        }
    }

    ApiException wrong(String field, String expected) {
        JsonNode value = json.path(field);
        String found = value.isMissingNode() || value.isNull() ? "missing" : shown(value);
        return ApiException.invalid(name(field), "%s (expected: %s)".formatted(found, expected));
    }

    /** A field by where it stands in the body. */
    String name(String field) {
        return place.isEmpty() ? field : place + "." + field;
    }

    private static String shown(JsonNode value) {
        String text = value.isString() ? "'%s'".formatted(value.asString()) : value.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    /** A text that is not too long; null if it is absent. */
    @Nullable
    String optionalText(String field, int most) {
        String text = optionalText(field);
        if (text != null && text.length() > most) {
            throw wrong(field, "%d characters at most".formatted(most));
        }
        return text;
    }

    /** A {@code name} that is not too long, of which there has to be one. */
    String requiredName(int most) {
        String expected = "1 to %d characters".formatted(most);
        String name = text("name", expected);
        if (name.length() > most) {
            throw wrong("name", expected);
        }
        return name;
    }

    /** An {@code environment}; null if it is absent. */
    @Nullable
    String environment() {
        return optionalText("environment", MAX_ENVIRONMENT);
    }
}
