package dev.resentry.processing.scrub.text;

/** Objects and lists as they are printed, in JSON or any other language with braces and brackets. */
final class Containers {
    private Containers() {}

    /** The end of the container that opens at a place; that of the text for one that is cut off. */
    static int end(String text, int start) {
        int depth = 0;
        char quote = 0;
        int slashes = 0;
        int quoteSlashes = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                slashes++;
                continue;
            }
            if (c == '"' || (c == '\'' && (quote == '\'' || opens(text, i)))) {
                if (quote == 0) {
                    quote = c;
                    quoteSlashes = slashes;
                } else if (c == quote && slashes <= quoteSlashes) {
                    quote = 0;
                }
            } else if (quote == 0 && (c == '{' || c == '[')) {
                depth++;
            } else if (quote == 0 && (c == '}' || c == ']')) {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
            slashes = 0;
        }
        return text.length();
    }

    /** An apostrophe within a word opens nothing. */
    private static boolean opens(String text, int at) {
        return !Chars.isWordAt(text, at - 1);
    }
}
