package dev.resentry.processing.scrub.text;

import java.util.List;

/** The names of users in the paths of their home directories. */
final class HomePaths {
    private static final List<String> ROOTS =
            List.of("/home/", "/Users/", "\\Users\\", "\\\\Users\\\\", "\\Documents and Settings\\");
    private static final int MAX_NAME = 64;

    private HomePaths() {}

    /** Where a user's name begins if a place is that of the slash in front of a home directory; -1 if it is not. */
    static int name(String text, int at) {
        if (at + 1 >= text.length() || "hU\\D".indexOf(text.charAt(at + 1)) < 0) {
            return -1;
        }
        for (String root : ROOTS) {
            if (text.startsWith(root, at)) {
                // In a URL it is a path of a site.
                boolean path = text.charAt(at) == '\\' || !Chars.isWordAt(text, at - 1);
                return path ? at + root.length() : -1;
            }
        }
        return -1;
    }

    /** The end of a name, which may have blanks only if a path goes on behind it; -1 if there is none. */
    static int end(String text, int start) {
        int blank = -1;
        for (int i = start; i < text.length() && i - start < MAX_NAME; i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '\\') {
                return named(text, start, i);
            }
            if (c == '\n' || Chars.isQuote(c) || "<>|:*?\"&,;()[]{}".indexOf(c) >= 0) {
                return named(text, start, blank < 0 ? i : blank);
            }
            if (Chars.isBlank(c) && blank < 0) {
                blank = i;
            }
        }
        int end = Math.min(text.length(), start + MAX_NAME);
        return named(text, start, blank < 0 ? end : blank);
    }

    private static int named(String text, int start, int end) {
        return end > start && Chars.isWordAt(text, start) ? end : -1;
    }
}
