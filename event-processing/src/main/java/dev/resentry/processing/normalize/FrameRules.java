package dev.resentry.processing.normalize;

import dev.resentry.processing.normalize.Texts.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A frame of a stack trace. Whether it is of the program itself stays as the SDK says, or unsaid. */
final class FrameRules {
    /** What only helps people to read a frame. */
    static final List<String> DETAILS = List.of("vars", "pre_context", "post_context");

    private static final Limit NAME = new Limit(256, 20);
    private static final Limit FILE = new Limit(256, 40);
    private static final Trimming.Limit VARIABLES = new Trimming.Limit(5, 2048);
    private static final List<String> NAMES = List.of("function", "raw_function", "module", "package", "platform");
    private static final List<String> FILES = List.of("filename", "abs_path");
    private static final List<String> URL_SCHEMES = List.of("http://", "https://", "file://", "applewebdata://");

    private FrameRules() {}

    static void apply(Draft draft, ObjectNode frame, Path path) {
        NAMES.forEach(name -> name(draft, frame, name, path, NAME));
        file(frame);
        FILES.forEach(name -> name(draft, frame, name, path, FILE));
        number(draft, frame, "lineno", path);
        number(draft, frame, "colno", path);
        Flags.apply(draft, frame, "in_app", path);
        if (frame.has("context_line")) {
            Texts.lenient(draft, frame, "context_line", path);
        }
        lines(draft, frame, "pre_context", path);
        lines(draft, frame, "post_context", path);
        if (frame.has("vars") && !frame.path("vars").isContainer()) {
            Texts.remove(draft, frame, "vars", path, "expected an object");
        }
        Trimming.apply(draft, frame, "vars", path, VARIABLES);
    }

    /** A number is no name of code. */
    private static void name(Draft draft, ObjectNode frame, String name, Path path, Limit limit) {
        JsonNode value = frame.get(name);
        if (value == null) {
            return;
        }
        if (value.isString()) {
            Texts.bounded(draft, frame, name, path, limit);
        } else {
            Texts.remove(draft, frame, name, path, "expected a text");
        }
    }

    /** A file that is a URL is named by its path; the whole URL is the absolute one. */
    private static void file(ObjectNode frame) {
        String absolute = frame.path("abs_path").asString("");
        String file = frame.path("filename").asString("");
        boolean isOne = absolute.isEmpty() || file.isEmpty() || file.equals(absolute);
        String path = isOne ? pathOf(absolute.isEmpty() ? file : absolute) : null;
        if (path != null) {
            frame.put("abs_path", absolute.isEmpty() ? file : absolute);
            frame.put("filename", path);
        }
    }

    /** The path of a URL; null if it is none or has none. */
    private static @Nullable String pathOf(String url) {
        for (String scheme : URL_SCHEMES) {
            if (url.startsWith(scheme)) {
                int path = url.indexOf('/', scheme.length());
                if (path < 0) {
                    return null;
                }
                int end = path;
                while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
                    end++;
                }
                return end - path < 2 ? null : url.substring(path, end);
            }
        }
        return null;
    }

    private static void number(Draft draft, ObjectNode frame, String name, Path path) {
        JsonNode value = frame.get(name);
        if (value == null || value.isNumber()) {
            return;
        }
        String text = value.asString("");
        boolean isDecimal =
                !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (value.isString() && isDecimal) {
            frame.put(name, Integer.parseInt(text));
        } else {
            Texts.remove(draft, frame, name, path, "expected a number");
        }
    }

    private static void lines(Draft draft, ObjectNode frame, String name, Path path) {
        if (frame.has(name) && !frame.path(name).isArray()) {
            Texts.remove(draft, frame, name, path, "expected a list of lines");
        }
    }
}
