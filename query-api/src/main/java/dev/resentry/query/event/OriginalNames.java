package dev.resentry.query.event;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says of frames that a source map made readable what they come from by the names that {@code POST /api/symbolicate} answers with, besides
 * those of SDKs: {@code orig_file}, {@code orig_line}, {@code orig_column} and {@code orig_function}.
 */
final class OriginalNames {
    private static final Map<String, String> NAMES =
            Map.of("filename", "orig_file", "lineno", "orig_line", "colno", "orig_column", "function", "orig_function");

    private OriginalNames() {}

    /** Adds them to the frames of an event, in place. */
    static void addTo(JsonNode event) {
        addToFrames(event.path("stacktrace"));
        for (String holder : new String[] {"exception", "threads"}) {
            event.path(holder).path("values").forEach(value -> addToFrames(value.path("stacktrace")));
        }
    }

    private static void addToFrames(JsonNode stacktrace) {
        for (JsonNode frame : stacktrace.path("frames")) {
            if (frame instanceof ObjectNode json
                    && json.at("/data/symbolicated").asBoolean(false)) {
                NAMES.forEach((name, original) -> {
                    JsonNode value = json.get(name);
                    if (value != null) {
                        json.set(original, value);
                    }
                });
            }
        }
    }
}
