package dev.resentry.processing.symbolicate;

import dev.resentry.retrace.JavaFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stack trace of Java or Kotlin that is in no event.
 *
 * @param thrown the class of the exception; null if it is not known
 * @param frames the one nearest to the crash first
 */
public record JavaStack(@Nullable String thrown, List<JavaFrame> frames) {
    private static final int MAX_FRAMES = 250;
    private static final int MAX_LINE = 8_192;
    private static final String AT = "at ";
    private static final String CAUSE = "Caused by: ";

    public JavaStack {
        frames = List.copyOf(frames);
    }

    /** Reads what {@code printStackTrace} writes: an exception, and then its causes. Lines that are neither are passed over. */
    public static List<JavaStack> parse(String text) {
        List<JavaStack> stacks = new ArrayList<>();
        String thrown = null;
        List<JavaFrame> frames = new ArrayList<>();
        int left = MAX_FRAMES;
        for (String raw : text.split("\n", -1)) {
            String line = raw.strip();
            if (line.isEmpty() || line.length() > MAX_LINE || left == 0) {
                continue;
            }
            JavaFrame frame = frame(line);
            if (frame != null) {
                frames.add(frame);
                left--;
            } else if (line.startsWith(CAUSE) || (frames.isEmpty() && thrown == null)) {
                if (!frames.isEmpty()) {
                    stacks.add(new JavaStack(thrown, frames));
                    frames.clear();
                }
                thrown = thrown(line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line);
            }
        }
        if (!frames.isEmpty()) {
            stacks.add(new JavaStack(thrown, frames));
        }
        return stacks;
    }

    /** Whether a text can be the name of a class: no part of it is empty, and nothing in it is a sign of descriptors. */
    public static boolean isClassName(String text) {
        return !text.isEmpty()
                && !text.startsWith(".")
                && !text.endsWith(".")
                && !text.contains("..")
                && text.chars().noneMatch(c -> c == '/' || c == ';' || c == '[' || Character.isWhitespace(c));
    }

    /** {@code at module/package.Class.method(File.java:8)}. */
    private static @Nullable JavaFrame frame(String line) {
        int open = line.indexOf('(');
        if (!line.startsWith(AT) || open < 0 || !line.endsWith(")")) {
            return null;
        }
        String name = line.substring(AT.length(), open).strip();
        name = name.substring(name.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        if (dot <= 0 || !isClassName(name.substring(0, dot))) {
            return null;
        }
        String place = line.substring(open + 1, line.length() - 1);
        int colon = place.lastIndexOf(':');
        String number = place.substring(colon + 1);
        boolean hasLine = colon > 0 && number.matches("[0-9]{1,9}");
        boolean isNoFile = place.isEmpty() || place.equals("Unknown Source") || place.equals("Native Method");
        return new JavaFrame(
                name.substring(0, dot),
                name.substring(dot + 1),
                isNoFile ? null : hasLine ? place.substring(0, colon) : place,
                hasLine ? Integer.parseInt(number) : 0);
    }

    /** The class in front of a message, behind {@code Exception in thread "main"} if that is there. */
    private static @Nullable String thrown(String line) {
        String text = line.startsWith("Exception in thread ")
                ? line.substring(line.lastIndexOf("\" ") + 1).strip()
                : line;
        int colon = text.indexOf(": ");
        String name = colon < 0 ? text : text.substring(0, colon);
        return isClassName(name) ? name : null;
    }
}
