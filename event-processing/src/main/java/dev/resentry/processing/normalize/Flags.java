package dev.resentry.processing.normalize;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields that are true or false, which some SDKs write as texts or numbers. */
final class Flags {
    private Flags() {}

    /** Makes a field true or false; what is neither goes, with an error. */
    static void apply(Draft draft, ObjectNode object, String name, Path parent) {
        JsonNode value = object.get(name);
        if (value == null || value.isBoolean()) {
            return;
        }
        Boolean flag = value.isNull() ? null : read(value);
        if (flag == null) {
            Texts.remove(draft, object, name, parent, "expected true or false");
        } else {
            object.put(name, flag);
        }
    }

    private static @Nullable Boolean read(JsonNode value) {
        return switch (value.asString("").toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> null;
        };
    }
}
