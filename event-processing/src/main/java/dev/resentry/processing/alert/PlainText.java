package dev.resentry.processing.alert;

/** Texts of strangers, made fit to be shown: without what controls terminals, ends headers or turns the direction of writing. */
final class PlainText {
    private static final String ELLIPSIS = "…";

    private PlainText() {}

    /** Lines of text; only line feeds and tabs are left of the control characters. */
    static String of(CharSequence text) {
        return clean(text, false);
    }

    /** One line: whatever ends lines is a blank. */
    static String line(CharSequence text) {
        return clean(text, true).strip();
    }

    /** Not between the two halves of one character. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - 1;
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    private static String clean(CharSequence text, boolean oneLine) {
        var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = Character.codePointAt(text, i);
            int width = Character.charCount(c);
            i += width;
            if (c == '\r' && i < text.length() && text.charAt(i) == '\n') {
                continue;
            }
            if (endsLine(c)) {
                clean.append(oneLine ? ' ' : '\n');
            } else if (c == '\t') {
                clean.append(oneLine ? ' ' : '\t');
            } else if (isSurrogate(c, width)) {
                clean.append('\uFFFD');
            } else if (!isUnfit(c)) {
                clean.appendCodePoint(c);
            }
        }
        return clean.toString();
    }

    private static boolean endsLine(int c) {
        return c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** Half of a character, which no encoding can write. */
    private static boolean isSurrogate(int c, int width) {
        return width == 1 && Character.isSurrogate((char) c);
    }

    private static boolean isUnfit(int c) {
        return Character.isISOControl(c)
                // Marks, embeddings, overrides and isolates of direction, and what has no width.
                || c == 0x061C
                || (c >= 0x200B && c <= 0x200F)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2060 && c <= 0x206F)
                || c == 0xFEFF
                || (c >= 0xFFF9 && c <= 0xFFFB)
                || (c >= 0xE0000 && c <= 0xE007F);
    }
}
