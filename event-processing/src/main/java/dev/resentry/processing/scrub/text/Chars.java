package dev.resentry.processing.scrub.text;

/** Classes of characters. What is not ASCII belongs to none of them. */
final class Chars {
    /** A sign of a URL-encoded text, as a card's groups are parted by it. */
    private static final String ENCODED_BLANK = "%20";

    private Chars() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isWord(char c) {
        return isDigit(c) || isLetter(c);
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** Letters, digits and what base64 of both alphabets has besides. */
    static boolean isToken(char c) {
        return isWord(c) || c == '-' || c == '_' || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    static boolean isWordAt(String text, int at) {
        return at >= 0 && at < text.length() && isWord(text.charAt(at));
    }

    static boolean isDigitAt(String text, int at) {
        return at >= 0 && at < text.length() && isDigit(text.charAt(at));
    }

    static boolean isAt(String text, int at, char c) {
        return at >= 0 && at < text.length() && text.charAt(at) == c;
    }

    /** The end of a run of digits. */
    static int digits(String text, int start) {
        int end = start;
        while (isDigitAt(text, end)) {
            end++;
        }
        return end;
    }

    /** The end of a run of letters and digits. */
    static int word(String text, int start) {
        int end = start;
        while (isWordAt(text, end)) {
            end++;
        }
        return end;
    }

    /** Behind what parts groups of digits, also in forms; the same place if nothing does. */
    static int separator(String text, int at) {
        if (at >= text.length()) {
            return at;
        }
        char c = text.charAt(at);
        if (c == ' ' || c == '-' || c == '+' || c == '\u00a0') {
            return at + 1;
        }
        return text.startsWith(ENCODED_BLANK, at) ? at + ENCODED_BLANK.length() : at;
    }

    /** Whether what stands in front of a place is a sign of a URL by its number, also of a URL in another one. */
    static boolean isEscaped(String text, int at) {
        if (at < 3 || !isHex(text.charAt(at - 2)) || !isHex(text.charAt(at - 1))) {
            return false;
        }
        return text.charAt(at - 3) == '%' || text.startsWith("%25", at - 5);
    }
}
