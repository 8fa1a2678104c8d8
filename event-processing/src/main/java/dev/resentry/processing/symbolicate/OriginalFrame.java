package dev.resentry.processing.symbolicate;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a frame comes from into its JSON, within the bounds that normalising has for frames. */
final class OriginalFrame {
    private static final int MAX_NAME = 256;

    /** Longer stack traces have code at their end only; normalising leaves that alone. */
    private static final int MAX_DETAILED = 50;

    private static final int DETAILED_OF_LONG = 25;
    private static final List<String> AROUND = List.of("pre_context", "post_context");

    private OriginalFrame() {}

    static void write(Resolution.Original original, ObjectNode frame) {
        frame.put("abs_path", cut(original.path()));
        frame.put("filename", cut(original.file()));
        frame.put("module", cut(original.module()));
        frame.put("lineno", original.line());
        frame.put("colno", original.column());
        if (!original.function().isEmpty()) {
            frame.put("function", cut(original.function()));
        }
        if (original.inApp() != null) {
            frame.put("in_app", original.inApp());
        }
        Resolution.Context context = original.context();
        List.of("pre_context", "context_line", "post_context").forEach(frame::remove);
        if (context != null) {
            lines(frame.putArray("pre_context"), context.before());
            frame.put("context_line", context.line());
            lines(frame.putArray("post_context"), context.after());
        }
        ObjectNode data = frame.get("data") instanceof ObjectNode given ? given : frame.putObject("data");
        data.put("sourcemap", cut(original.map()));
        data.put("symbolicated", true);
        data.put("resolved_with", original.by().wireName());
    }

    /** Leaves the code around its lines to so many of the program's own frames as normalising again would leave it to. */
    static void limitContexts(List<ObjectNode> frames) {
        if (frames.size() <= MAX_DETAILED) {
            return;
        }
        int detailed = 0;
        for (ObjectNode frame : frames.reversed()) {
            boolean isDetailed = frame.path("in_app").asBoolean(false) && detailed++ < DETAILED_OF_LONG;
            if (!isDetailed && frame.path("data").path("symbolicated").asBoolean(false)) {
                AROUND.forEach(frame::remove);
            }
        }
    }

    private static void lines(ArrayNode into, List<String> lines) {
        lines.forEach(into::add);
    }

    private static String cut(String text) {
        return cut(text, MAX_NAME);
    }

    /** A text of this length at most. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
