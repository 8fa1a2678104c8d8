package dev.resentry.processing.normalize;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes name and version out of the {@code raw_description} of a context whose SDK did not. */
final class RawDescription {
    private static final int MAX_LENGTH = 256;
    private static final String MICROSOFT = "Microsoft ";
    private static final Map<String, String> SYSTEMS = Map.of(
            "Microsoft Windows NT", "Windows",
            "Microsoft Windows", "Windows",
            "Windows NT", "Windows",
            "Unix", "Unix",
            "Darwin", "Darwin",
            "Darwin Kernel Version", "Darwin",
            "Linux", "Linux");

    private RawDescription() {}

    static void ofSystem(@Nullable JsonNode context) {
        apply(context, true);
    }

    static void ofRuntime(@Nullable JsonNode context) {
        apply(context, false);
    }

    private static void apply(@Nullable JsonNode given, boolean isSystem) {
        if (!(given instanceof ObjectNode context)
                || context.hasNonNull("name")
                || context.hasNonNull("version")
                || context.path("raw_description").asString("").length() > MAX_LENGTH) {
            return;
        }
        String description = context.path("raw_description").asString("").strip();
        int version = versionIn(description);
        String name = (version < 0 ? description : description.substring(0, version)).strip();
        if (name.isEmpty()) {
            return;
        }
        context.put("name", isSystem ? SYSTEMS.getOrDefault(name, systemName(name)) : name);
        if (version >= 0) {
            context.put("version", versionAt(description, version));
        }
    }

    private static String systemName(String name) {
        return name.startsWith(MICROSOFT) ? name.substring(MICROSOFT.length()) : name;
    }

    /** Where a number with a dot begins a word; negative if none does. */
    private static int versionIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean isStart = i == 0 || text.charAt(i - 1) == ' ';
            if (isStart && Ascii.isDigit(text.charAt(i)) && versionAt(text, i).indexOf('.') > 0) {
                return i;
            }
        }
        return -1;
    }

    private static String versionAt(String text, int from) {
        int end = from;
        while (end < text.length() && (Ascii.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return text.charAt(end - 1) == '.' ? text.substring(from, end - 1) : text.substring(from, end);
    }
}
