package dev.resentry.processing.normalize;

import dev.resentry.processing.normalize.Texts.Limit;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How exceptions came to be reported; what signals and codes are called depends on the operating system. */
final class MechanismRules {
    private static final Limit WORD = new Limit(128, 0);
    private static final Trimming.Limit DATA = new Trimming.Limit(5, 2048);

    private final Draft draft;

    MechanismRules(Draft draft) {
        this.draft = draft;
    }

    private static SystemCodes codes(JsonNode event) {
        JsonNode os = event.path("contexts").path("os");
        String name = os.path("name").asString(os.path("raw_description").asString(""));
        return SystemCodes.of(
                name.toLowerCase(Locale.ROOT), event.path("platform").asString(""));
    }

    void apply(ObjectNode exception, Path parent) {
        JsonNode given = exception.get("mechanism");
        if (given == null) {
            return;
        }
        if (given.isString()) {
            exception.putObject("mechanism").put("type", given.asString());
        }
        if (!(exception.get("mechanism") instanceof ObjectNode mechanism)) {
            Texts.remove(draft, exception, "mechanism", parent, "expected an object");
            return;
        }
        Path path = parent.at("mechanism");
        if (Texts.stripped(draft, mechanism, "type", path) == null) {
            mechanism.put("type", "generic");
        }
        Texts.bounded(draft, mechanism, "type", path, WORD);
        Texts.bounded(draft, mechanism, "description", path, MessageRules.MESSAGE);
        Flags.apply(draft, mechanism, "handled", path);
        Flags.apply(draft, mechanism, "synthetic", path);
        Trimming.apply(draft, mechanism, "data", path, DATA);
        if (mechanism.get("meta") instanceof ObjectNode meta) {
            SystemCodes codes = codes(draft.json());
            name(meta, "signal", "number", codes.signals());
            name(meta, "mach_exception", "exception", codes.machExceptions());
            name(meta, "errno", "number", codes.errors());
        }
    }

    private static void name(ObjectNode meta, String kind, String number, Map<Integer, String> names) {
        if (meta.get(kind) instanceof ObjectNode code && code.path(number).isInt() && !code.hasNonNull("name")) {
            String name = names.get(code.path(number).intValue());
            if (name != null) {
                code.put("name", name);
            }
        }
    }
}
