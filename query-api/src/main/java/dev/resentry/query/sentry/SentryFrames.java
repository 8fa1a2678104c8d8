package dev.resentry.query.sentry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Stack traces in the form of the web API: names in camel case, lines of code with their numbers. */
final class SentryFrames {
    private SentryFrames() {}

    /** Null if there is none. */
    static @Nullable Map<String, @Nullable Object> stacktrace(JsonNode stacktrace) {
        if (!stacktrace.path("frames").isArray()) {
            return null;
        }
        List<Map<String, @Nullable Object>> frames = new ArrayList<>();
        boolean ofSystem = false;
        for (JsonNode frame : stacktrace.path("frames")) {
            frames.add(frame(frame));
            ofSystem |= !frame.path("in_app").asBoolean(false);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("frames", frames);
        answer.put("framesOmitted", null);
        answer.put("registers", null);
        answer.put("hasSystemFrames", ofSystem);
        return answer;
    }

    private static Map<String, @Nullable Object> frame(JsonNode frame) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("filename", text(frame, "filename"));
        answer.put("absPath", text(frame, "abs_path"));
        answer.put("module", text(frame, "module"));
        answer.put("package", text(frame, "package"));
        answer.put("platform", text(frame, "platform"));
        answer.put("instructionAddr", text(frame, "instruction_addr"));
        answer.put("symbolAddr", text(frame, "symbol_addr"));
        answer.put("function", text(frame, "function"));
        answer.put("rawFunction", text(frame, "raw_function"));
        answer.put("symbol", text(frame, "symbol"));
        answer.put("lineNo", number(frame, "lineno"));
        answer.put("colNo", number(frame, "colno"));
        answer.put("context", context(frame));
        answer.put("inApp", frame.path("in_app").asBoolean(false));
        answer.put("trust", text(frame, "trust"));
        answer.put("vars", frame.path("vars").isObject() ? frame.path("vars") : null);
        answer.put("errors", null);
        answer.put("lock", null);
        answer.put("sourceLink", null);
        return answer;
    }

    private static List<List<Object>> context(JsonNode frame) {
        List<List<Object>> lines = new ArrayList<>();
        JsonNode at = frame.path("lineno");
        if (!frame.path("context_line").isString() || !at.isIntegralNumber()) {
            return lines;
        }
        long line = at.longValue();
        JsonNode before = frame.path("pre_context");
        for (int i = 0; i < before.size(); i++) {
            lines.add(List.of(line - before.size() + i, before.path(i).asString("")));
        }
        lines.add(List.of(line, frame.path("context_line").asString("")));
        int behind = 1;
        for (JsonNode text : frame.path("post_context")) {
            lines.add(List.of(line + behind++, text.asString("")));
        }
        return lines;
    }

    static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    static @Nullable Long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() ? Long.valueOf(value.longValue()) : null;
    }
}
