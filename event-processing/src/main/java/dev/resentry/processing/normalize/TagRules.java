package dev.resentry.processing.normalize;

import dev.resentry.processing.meta.EventErrors.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tags come as an object or as a list of pairs; they become an object of texts (ingest protocol, section 8.4). A bad one goes with an
 * error.
 */
final class TagRules {
    private static final int MAX_LENGTH = 200;

    /** Every tag is a row of the counts of its issue. */
    private static final int MAX_TAGS = 500;

    private static final Set<String> RESERVED =
            Set.of("release", "dist", "user", "filename", "function", "device.class");
    private static final Set<String> OF_FIELDS = Set.of("server_name", "site");
    private static final Path PATH = Path.EVENT.at("tags");

    private final Draft draft;
    private final ObjectNode tags;
    private int beyond;

    private TagRules(Draft draft) {
        this.draft = draft;
        this.tags = draft.json().objectNode();
    }

    static void apply(Draft draft) {
        ObjectNode event = draft.json();
        JsonNode given = event.remove("tags");
        var rules = new TagRules(draft);
        if (given != null) {
            rules.addAll(given);
        }
        rules.addField("server_name");
        rules.addField("site");
        event.remove("site");
        event.set("tags", rules.tags);
        if (rules.beyond > 0) {
            draft.errors()
                    .add(
                            Kind.INVALID_DATA,
                            "tags",
                            event.numberNode(rules.beyond),
                            "more than %d tags; so many are gone".formatted(MAX_TAGS));
        }
    }

    private void addAll(JsonNode given) {
        if (given.isObject()) {
            given.properties().forEach(tag -> add(tag.getKey(), tag.getValue()));
        } else if (given.isArray()) {
            for (int i = 0; i < given.size(); i++) {
                JsonNode pair = given.get(i);
                String key = pair.isArray() && pair.size() == 2 ? Texts.read(pair.get(0)) : null;
                if (key != null) {
                    add(key, pair.get(1));
                } else if (!pair.isNull()) {
                    draft.invalid(PATH.at(i), pair, "expected a pair of a key and a value");
                }
            }
        } else if (!given.isNull()) {
            draft.invalid(PATH, given, "expected an object or a list of pairs");
        }
    }

    /** What is also said in a field of its own; a tag of that name comes first. */
    private void addField(String name) {
        String value = Texts.stripped(draft, draft.json(), name, Path.EVENT);
        if (value == null || tags.has(name)) {
            return;
        }
        String fault = value.length() > MAX_LENGTH ? "a text that is too long for a tag" : faultOfValue(value);
        if (fault == null) {
            tags.put(name, value);
        } else if (name.equals("site")) {
            draft.invalid(Path.EVENT.at(name), draft.json().path(name), fault);
        }
    }

    private void add(String givenKey, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        String key = givenKey.strip().replace(' ', '-');
        String text = Texts.read(value);
        String stripped = text == null ? null : text.strip();
        if (key.length() > MAX_LENGTH || (stripped != null && stripped.length() > MAX_LENGTH)) {
            draft.tooLong(PATH.at(key), value, "expected at most %d characters".formatted(MAX_LENGTH));
            return;
        }
        String fault = fault(key, stripped);
        if (fault != null) {
            draft.invalid(PATH.at(key), value, fault);
        } else if (key.equals("environment")) {
            if (!draft.json().hasNonNull("environment")) {
                draft.json().put("environment", stripped);
            }
        } else if (tags.size() >= MAX_TAGS && !OF_FIELDS.contains(key)) {
            beyond++;
        } else {
            tags.put(key, stripped);
        }
    }

    private @Nullable String fault(String key, @Nullable String value) {
        if (!isKey(key)) {
            return "invalid character in the key, expected a-z, A-Z, 0-9, _, ., : or -";
        }
        if (RESERVED.contains(key)) {
            return "a key that is reserved";
        }
        if (tags.has(key)) {
            return "the key is there already";
        }
        return value == null ? "expected a text" : faultOfValue(value);
    }

    private static @Nullable String faultOfValue(String value) {
        if (value.isEmpty()) {
            return "expected a text that is not empty";
        }
        return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 ? "a line break in the value" : null;
    }

    private static boolean isKey(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (!isOfKey(key.charAt(i))) {
                return false;
            }
        }
        return !key.isEmpty();
    }

    private static boolean isOfKey(char c) {
        return Ascii.isLetterOrDigit(c) || c == '_' || c == '.' || c == ':' || c == '-';
    }
}
