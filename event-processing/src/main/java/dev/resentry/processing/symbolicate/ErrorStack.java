package dev.resentry.processing.symbolicate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the {@code stack} of an error as Chrome and Node, Firefox or Safari write it. Lines that are no frames, such as the message, are
 * passed over.
 */
public final class ErrorStack {
    private static final int MAX_FRAMES = 250;
    private static final int MAX_LINE = 8_192;
    private static final String AT = "at ";
    private static final String ASYNC = "async ";
    private static final String EVAL = "eval at ";

    private ErrorStack() {}

    /** The frames in the order of the text: the one nearest to the crash first. */
    public static List<MinifiedFrame> parse(String stack) {
        List<MinifiedFrame> frames = new ArrayList<>();
        for (String line : stack.split("\n", -1)) {
            if (line.length() <= MAX_LINE && frames.size() < MAX_FRAMES) {
                frame(line.strip()).ifPresent(frames::add);
            }
        }
        return frames;
    }

    private static Optional<MinifiedFrame> frame(String line) {
        if (line.startsWith(AT)) {
            return ofChrome(line.substring(AT.length()).strip());
        }
        int at = line.indexOf('@');
        if (at >= 0) {
            return Optional.of(located(line.substring(0, at), line.substring(at + 1)));
        }
        // Safari leaves the sign away where the function has no name.
        boolean isUrl = line.startsWith("http://") || line.startsWith("https://") || line.startsWith("file://");
        return isUrl ? Optional.of(located("", line)) : Optional.empty();
    }

    /** {@code function [as method] (url:1:2)} or {@code url:1:2}. */
    private static Optional<MinifiedFrame> ofChrome(String text) {
        String frame = text.startsWith(ASYNC) ? text.substring(ASYNC.length()) : text;
        int open = frame.indexOf(" (");
        if (open < 0 || !frame.endsWith(")")) {
            return Optional.of(located("", frame));
        }
        String place = frame.substring(open + 2, frame.length() - 1);
        int eval = place.lastIndexOf(EVAL);
        if (eval >= 0) {
            // What was evaluated is in no file; it stands for where it was.
            int from = place.indexOf('(', eval);
            int to = place.indexOf(')', Math.max(from, 0));
            place = from >= 0 && to > from ? place.substring(from + 1, to) : place;
        }
        return Optional.of(located(frame.substring(0, open), place));
    }

    private static MinifiedFrame located(String function, String place) {
        int evaluated = place.indexOf(" line ");
        if (evaluated >= 0) {
            // Firefox: "url line 3 > eval:1:1".
            int end = evaluated + " line ".length();
            int line = Math.max(0, number(place, end, digitsEnd(place, end)));
            return MinifiedFrame.of(place.substring(0, evaluated), line, 0, function, null);
        }
        int last = place.lastIndexOf(':');
        int second = last < 0 ? -1 : number(place, last + 1, place.length());
        if (second < 0) {
            return MinifiedFrame.of(place, 0, 0, function, null);
        }
        int before = place.lastIndexOf(':', last - 1);
        int first = before < 0 ? -1 : number(place, before + 1, last);
        return first < 0
                ? MinifiedFrame.of(place.substring(0, last), second, 0, function, null)
                : MinifiedFrame.of(place.substring(0, before), first, second, function, null);
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** -1 if there is none. */
    private static int number(String text, int from, int to) {
        if (to <= from || to - from > 9 || digitsEnd(text, from) < to) {
            return -1;
        }
        return Integer.parseInt(text, from, to, 10);
    }
}
