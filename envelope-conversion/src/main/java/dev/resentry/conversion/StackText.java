package dev.resentry.conversion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses stack traces as Java, Python and JavaScript print them. Lines that are not frames are skipped; the event also keeps the
 * text itself.
 */
final class StackText {
    private static final int MAX_FRAMES = 250;
    private static final int MAX_LINE = 2_000;

    /** {@code at pkg.Class.method(File.java:12)}. */
    private static final Pattern JAVA =
            Pattern.compile("\\s*at ([\\w.$<>/]+)\\.([\\w$<>]+)\\(([^():]++)(?::(\\d{1,9}))?\\)");
    /** {@code File "app/x.py", line 3, in f}. */
    private static final Pattern PYTHON = Pattern.compile("\\s*File \"([^\"]++)\", line (\\d{1,9})(?:, in (\\S++))?.*");
    /** {@code at fn (https://host/app.js:1:2)} and {@code at /app/x.js:1:2}. */
    private static final Pattern V8 = Pattern.compile("\\s*at (?:(.+?) \\()?(\\S+?):(\\d{1,9}):(\\d{1,9})\\)?");
    /** {@code fn@https://host/app.js:1:2}. */
    private static final Pattern GECKO = Pattern.compile("\\s*([^@\\s]*+)@(\\S+?):(\\d{1,9}):(\\d{1,9})");

    private StackText() {}

    /** Adds the frames to an exception, and the text to its event. */
    static void addTo(ObjectNode exception, ObjectNode event, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return;
        }
        event.withObjectProperty("extra").put("stack", text);
        List<ObjectNode> frames = new ArrayList<>();
        boolean newestFirst = true;
        for (String line : text.split("\n")) {
            if (frames.size() < MAX_FRAMES && line.length() <= MAX_LINE) {
                ObjectNode frame = frame(line);
                if (frame != null) {
                    frames.add(frame);
                    newestFirst &= !PYTHON.matcher(line.stripTrailing()).matches();
                }
            }
        }
        if (!frames.isEmpty()) {
            if (newestFirst) {
                Collections.reverse(frames);
            }
            ArrayNode array = exception.putObject("stacktrace").putArray("frames");
            frames.forEach(array::add);
        }
    }

    private static @Nullable ObjectNode frame(String raw) {
        String line = raw.stripTrailing();
        Matcher java = JAVA.matcher(line);
        if (java.matches()) {
            ObjectNode frame = frame(java.group(3), java.group(2), java.group(4), null);
            return frame.put("module", java.group(1));
        }
        Matcher python = PYTHON.matcher(line);
        if (python.matches()) {
            return frame(python.group(1), python.group(3), python.group(2), null);
        }
        Matcher v8 = V8.matcher(line);
        if (v8.matches()) {
            return frame(v8.group(2), v8.group(1), v8.group(3), v8.group(4));
        }
        Matcher gecko = GECKO.matcher(line);
        return gecko.matches() ? frame(gecko.group(2), gecko.group(1), gecko.group(3), gecko.group(4)) : null;
    }

    private static ObjectNode frame(
            String file, @Nullable String function, @Nullable String line, @Nullable String column) {
        ObjectNode frame = Json.object();
        frame.put("filename", file);
        if (function != null && !function.isEmpty()) {
            frame.put("function", function);
        }
        if (line != null) {
            frame.put("lineno", Integer.parseInt(line));
        }
        if (column != null) {
            frame.put("colno", Integer.parseInt(column));
        }
        return frame;
    }
}
