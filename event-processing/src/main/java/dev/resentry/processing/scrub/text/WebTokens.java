package dev.resentry.processing.scrub.text;

/** JSON web tokens: base64 of JSON objects, parted by stops. */
final class WebTokens {
    static final String HEADER = "eyJ";
    private static final int MIN_HEADER = 10;
    private static final int MIN_CONTENT = 4;

    private WebTokens() {}

    /** The end of a token that begins at a word; -1 if there is none. */
    static int end(String text, int start) {
        if (!text.startsWith(HEADER, start)) {
            return -1;
        }
        int stop = part(text, start);
        if (stop - start < MIN_HEADER || !Chars.isAt(text, stop, '.')) {
            return -1;
        }
        int end = part(text, stop + 1);
        if (end - stop <= MIN_CONTENT) {
            return -1;
        }
        while (Chars.isAt(text, end, '.') && part(text, end + 1) > end + 1) {
            end = part(text, end + 1);
        }
        return end;
    }

    /** The end of one of the parts. */
    static int part(String text, int start) {
        int end = start;
        while (end < text.length() && (Chars.isWord(text.charAt(end)) || "-_=".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }
}
