package dev.resentry.processing.group.message;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers with their units; those that are codes stay, since they say what went wrong. */
final class Numbers {
    private static final String MARK = "<num>";
    private static final int MAX_DIGITS = 400;

    private static final Set<String> UNITS = Set.of(
            "ms", "s", "m", "h", "d", "us", "ns", "\u00b5s", "sec", "secs", "min", "mins", "b", "kb", "mb", "gb", "tb",
            "kib", "mib", "gib", "px", "k", "x", "st", "nd", "rd", "th", "hz", "mhz", "f", "l");

    private static final Set<String> CODE_WORDS = Set.of(
            "status",
            "statuscode",
            "code",
            "errno",
            "error",
            "http",
            "https",
            "exit",
            "signal",
            "sqlstate",
            "errorcode",
            "response",
            "hresult",
            "err",
            "returned",
            "status_code",
            "error_code",
            "exitcode",
            "responded",
            "returncode");

    private Numbers() {}

    /**
     * The number that begins here.
     *
     * @param tokenStart where the token begins, which is in front of a sign
     */
    static @Nullable Token at(String text, int at, int tokenStart) {
        int end = digits(text, at);
        if (end == at) {
            return null;
        }
        int integerEnd = end;
        while (end + 1 < text.length()
                && (text.charAt(end) == '.' || text.charAt(end) == ',')
                && Tokens.isDigit(text.charAt(end + 1))) {
            end = digits(text, end + 1);
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = end + 1;
            exponent += exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0 ? 1 : 0;
            int exponentEnd = digits(text, exponent);
            end = exponentEnd > exponent && !wordAt(text, exponentEnd) ? exponentEnd : end;
        }
        if (end < text.length() && Tokens.isWord(text.charAt(end))) {
            int wordEnd = Tokens.wordEnd(text, end);
            if (!UNITS.contains(text.substring(end, wordEnd).toLowerCase(Locale.ROOT))) {
                return null;
            }
            return new Token(wordEnd - at, MARK);
        }
        if (end < text.length() && text.charAt(end) == '%') {
            return new Token(end + 1 - at, MARK);
        }
        String number = text.substring(at, end);
        if (text.regionMatches(true, at - 5, "HTTP/", 0, 5)) {
            return new Token(end - at, number);
        }
        return end == integerEnd && isCode(text, tokenStart, number)
                ? new Token(end - at, number)
                : new Token(end - at, MARK);
    }

    private static boolean wordAt(String text, int at) {
        return at < text.length() && Tokens.isWord(text.charAt(at));
    }

    private static int digits(String text, int at) {
        int end = at;
        int limit = Math.min(text.length(), at + MAX_DIGITS);
        while (end < limit && Tokens.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether a number is a status, an error code or an exit code: by the word in front of it, or by a reason behind it. */
    static boolean isCode(String text, int at, String number) {
        if (number.length() > 5) {
            return false;
        }
        return isBehindCodeWord(text, at) || isStatusWithReason(text, at, number);
    }

    private static boolean isBehindCodeWord(String text, int at) {
        int end = at;
        int limit = Math.max(0, at - 8);
        while (end > limit && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            char c = text.charAt(end - 1);
            if (c == ',' || c == '\n' || c == ';') {
                return false;
            }
            end--;
        }
        int start = end;
        int floor = Math.max(0, end - 16);
        while (start > floor && (Character.isLetter(text.charAt(start - 1)) || text.charAt(start - 1) == '_')) {
            start--;
        }
        // "ORA-00942"
        if (end == at - 1 && text.charAt(end) == '-' && Identifiers.isCodePrefix(text.substring(start, end))) {
            return true;
        }
        String word = text.substring(start, end).toLowerCase(Locale.ROOT);
        if (CODE_WORDS.contains(word)) {
            return true;
        }
        // "HTTP/1.1 404", and "(os error 2)" is covered above.
        return (end >= 8 && text.regionMatches(true, end - 8, "HTTP/1.1", 0, 8)) || lastWordIs(word, text, start);
    }

    /** "status code is 404", "status of 404". */
    private static boolean lastWordIs(String word, String text, int start) {
        if (!word.equals("is") && !word.equals("of") && !word.equals("was") && !word.equals("with")) {
            return false;
        }
        int end = start;
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        String before = text.substring(Math.max(0, end - 12), end).toLowerCase(Locale.ROOT);
        return before.endsWith("status")
                || before.endsWith("code")
                || before.endsWith("responded")
                || before.endsWith("failed");
    }

    /** "404 Not Found", "500: Internal Server Error", "503 Service Unavailable". */
    private static boolean isStatusWithReason(String text, int at, String number) {
        if (number.length() != 3 || number.charAt(0) < '3' || number.charAt(0) > '5') {
            return false;
        }
        int next = at + 3;
        if (next < text.length() && (text.charAt(next) == ':' || text.charAt(next) == ',')) {
            next++;
        }
        return next + 1 < text.length() && text.charAt(next) == ' ' && Character.isUpperCase(text.charAt(next + 1));
    }
}
