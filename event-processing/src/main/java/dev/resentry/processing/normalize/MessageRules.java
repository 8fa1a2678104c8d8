package dev.resentry.processing.normalize;

import dev.resentry.processing.normalize.Texts.Limit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The message: {@code message}, a text or an object, and {@code logentry}, an object or a text, become {@code logentry}, with its
 * parameters filled in as {@code formatted}.
 */
final class MessageRules {
    static final Limit MESSAGE = new Limit(8192, 200);

    private static final Trimming.Limit PARAMS = new Trimming.Limit(5, 2048);
    private static final Path PATH = Path.EVENT.at("logentry");

    private MessageRules() {}

    /** One place for the message, whatever it was sent as. */
    static void shape(Draft draft) {
        ObjectNode event = draft.json();
        JsonNode message = event.remove("message");
        String text = message == null ? null : Texts.read(message);
        if (!event.path("logentry").isObject()) {
            ofOther(draft, event.remove("logentry"));
        }
        if (!event.has("logentry") && message instanceof ObjectNode object) {
            event.set("logentry", object);
        } else if (text != null) {
            ObjectNode entry = event.withObjectProperty("logentry");
            if (!entry.hasNonNull("formatted")
                    && !text.equals(entry.path("message").asString(""))) {
                entry.put("formatted", text);
            }
        } else if (message != null && !message.isNull()) {
            draft.invalid(
                    Path.EVENT.at("message"), message, "expected a text, or an object without logentry beside it");
        }
    }

    static void apply(Draft draft) {
        if (draft.json().get("logentry") instanceof ObjectNode entry) {
            entry(draft, entry);
        }
    }

    private static void ofOther(Draft draft, @Nullable JsonNode given) {
        String text = given == null ? null : Texts.read(given);
        if (text != null) {
            draft.json().putObject("logentry").put("formatted", text);
        } else if (given != null && !given.isNull()) {
            draft.invalid(PATH, given, "expected an object or a text");
        }
    }

    private static void entry(Draft draft, ObjectNode entry) {
        Texts.bounded(draft, entry, "message", PATH, MESSAGE);
        Texts.bounded(draft, entry, "formatted", PATH, MESSAGE);
        Trimming.apply(draft, entry, "params", PATH, PARAMS);
        if (entry.path("message").isString()
                && entry.path("formatted").asString("").isBlank()) {
            JsonNode params = entry.path("params");
            entry.put("formatted", MessageParameters.fill(entry.path("message").asString(), params));
            Texts.bounded(draft, entry, "formatted", PATH, MESSAGE);
        }
    }
}
