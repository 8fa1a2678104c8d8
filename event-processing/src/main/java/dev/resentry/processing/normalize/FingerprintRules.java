package dev.resentry.processing.normalize;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The fingerprint: a list of texts, or none. */
final class FingerprintRules {
    private FingerprintRules() {}

    static void apply(Draft draft) {
        JsonNode given = draft.json().remove("fingerprint");
        if (given == null || given.isNull()) {
            return;
        }
        Path path = Path.EVENT.at("fingerprint");
        ArrayNode parts = draft.json().arrayNode();
        if (given.isArray()) {
            for (int i = 0; i < given.size(); i++) {
                add(draft, parts, given.get(i), path.at(i));
            }
        } else {
            add(draft, parts, given, path);
        }
        if (parts.valueStream().anyMatch(part -> !part.asString().isBlank())) {
            draft.json().set("fingerprint", parts);
        }
    }

    private static void add(Draft draft, ArrayNode parts, JsonNode part, Path path) {
        String text = Texts.read(part);
        if (text != null) {
            parts.add(text);
        } else if (!part.isNull()) {
            draft.invalid(path, part, "expected a text");
        }
    }
}
