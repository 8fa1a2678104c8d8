package dev.resentry.processing.scrub.text;

import java.util.Base64;

/** What follows the words Bearer and Basic in the header Authorization, wherever it stands. */
final class AuthorizationSchemes {
    private static final int MIN_BEARER = 8;
    private static final int LONG_BEARER = 20;
    private static final int MAX_BASIC = 200;

    private AuthorizationSchemes() {}

    /** Whether one of the words is in a text. */
    static boolean areIn(String text) {
        return beginWith('b', text) || beginWith('B', text);
    }

    private static boolean beginWith(char letter, String text) {
        for (int i = text.indexOf(letter); i >= 0; i = text.indexOf(letter, i + 1)) {
            if (text.regionMatches(true, i, "bearer", 0, 6) || text.regionMatches(true, i, "basic", 0, 5)) {
                return true;
            }
        }
        return false;
    }

    /** Where the credentials begin behind a scheme that begins at a word; -1 if it is none. */
    static int credentials(String text, int start) {
        int end = start + 6;
        if (text.regionMatches(true, start, "bearer", 0, 6)) {
            return blank(text, end);
        }
        end = start + 5;
        return text.regionMatches(true, start, "basic", 0, 5) ? blank(text, end) : -1;
    }

    private static int blank(String text, int at) {
        if (text.startsWith("%20", at)) {
            return at + 3;
        }
        int end = at;
        while (end < text.length() && end - at < 8 && (text.charAt(end) == ' ' || text.charAt(end) == '+')) {
            end++;
        }
        return end > at ? end : -1;
    }

    /** The end of credentials; -1 if that is only a word of a sentence. */
    static int end(String text, int scheme, int start) {
        boolean bearer = Character.toLowerCase(text.charAt(scheme + 1)) == 'e';
        int limit = bearer ? text.length() : Math.min(text.length(), start + MAX_BASIC + 1);
        int end = start;
        boolean digit = false;
        while (end < limit && Chars.isToken(text.charAt(end))) {
            digit |= Chars.isDigit(text.charAt(end));
            end++;
        }
        int length = end - start;
        boolean found = bearer
                ? (length >= MIN_BEARER && digit) || length >= LONG_BEARER
                : length > 4 && length <= MAX_BASIC && isNameAndPassword(text.substring(start, end));
        return found ? end : -1;
    }

    private static boolean isNameAndPassword(String base64) {
        try {
            for (byte b : Base64.getDecoder().decode(base64)) {
                if (b == ':') {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
