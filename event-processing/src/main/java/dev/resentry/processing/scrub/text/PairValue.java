package dev.resentry.processing.scrub.text;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The value of a pair in a text.
 *
 * @param start where it begins, behind its quote
 * @param end behind it, before its quote
 * @param quote what must stand around what takes its place
 */
record PairValue(int start, int end, String quote) {
    private static final int MAX_BLANKS = 8;
    private static final int MAX_SENTENCE_WORD = 15;
    private static final Set<String> LITERALS =
            Set.of("null", "none", "nil", "undefined", "true", "false", "nan", "-", "void", "await");
    private static final Set<String> SCHEMES =
            Set.of("bearer", "basic", "digest", "token", "apikey", "negotiate", "aws4-hmac-sha256");

    /** The value behind a separator of any kind; null if there is none worth hiding. */
    static @Nullable PairValue of(String text, int behind, PairKey key, char sign, boolean arrow) {
        int start = blanks(text, behind);
        if (start >= text.length() || isMarker(text, start)) {
            return null;
        }
        PairValue quoted = quoted(text, start);
        if (quoted != null) {
            return quoted.end() == quoted.start() || isMarker(text, quoted.start()) ? null : quoted;
        }
        char first = text.charAt(start);
        if (first == '{' || first == '[') {
            int end = Containers.end(text, start);
            return isPlaceholder(text, start, end) ? null : new PairValue(start, end, jsonQuote(key, sign));
        }
        if (arrow && !key.isQuoted() && !key.isSymbol()) {
            return null;
        }
        PairValue bare = bare(text, start, sign == '%');
        if (bare == null || (sign == ':' && !key.isQuoted() && isProse(text, key, bare))) {
            return null;
        }
        return new PairValue(bare.start(), bare.end(), jsonQuote(key, sign));
    }

    /** A value that stands alone, quoted or not. */
    static @Nullable PairValue plain(String text, int start) {
        if (start >= text.length() || isMarker(text, start)) {
            return null;
        }
        PairValue quoted = quoted(text, start);
        return quoted == null ? bare(text, start, false) : quoted.end() == quoted.start() ? null : quoted;
    }

    /** The value of a cookie, which ends with a semicolon. */
    static @Nullable PairValue cookie(String text, int start) {
        int end = text.indexOf(';', start);
        int last = end < 0 ? text.length() : end;
        return last == start || isMarker(text, start) ? null : new PairValue(start, last, "");
    }

    /** The text of an XML element. */
    static @Nullable PairValue untilTag(String text, int start) {
        int end = text.indexOf('<', start);
        int last = end < 0 ? text.length() : end;
        return last == start || isMarker(text, start) ? null : new PairValue(start, last, "");
    }

    /** Whether an object begins behind a separator. */
    static boolean isObject(String text, int behind) {
        return Chars.isAt(text, blanks(text, behind), '{');
    }

    private static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < MAX_BLANKS && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isMarker(String text, int at) {
        return text.startsWith(SecretKind.PASSWORD.marker(), at);
    }

    /** A quoted value, whose closing quote is escaped no more than its opening one; of a text that was cut off, all of it. */
    private static @Nullable PairValue quoted(String text, int from) {
        int at = from;
        // Marks of programming languages, as in b'...'.
        if ("bBuUrRfF".indexOf(text.charAt(at)) >= 0
                && at + 1 < text.length()
                && "'\"".indexOf(text.charAt(at + 1)) >= 0) {
            at++;
        }
        if (text.startsWith("%22", at)) {
            int end = text.indexOf("%22", at + 3);
            return new PairValue(at + 3, end < 0 ? text.length() : end, "");
        }
        int slashes = 0;
        while (Chars.isAt(text, at, '\\') && slashes < 16) {
            at++;
            slashes++;
        }
        if (at >= text.length() || !Chars.isQuote(text.charAt(at))) {
            return null;
        }
        char quote = text.charAt(at);
        int run = 0;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                run++;
            } else {
                if (c == quote && run <= slashes) {
                    return new PairValue(at + 1, i - run, "");
                }
                run = 0;
            }
        }
        return new PairValue(at + 1, text.length(), "");
    }

    /** A value without quotes; behind the scheme of an authorization what follows it. */
    private static @Nullable PairValue bare(String text, int start, boolean encoded) {
        int end = bareEnd(text, start, encoded);
        String word = text.substring(start, Math.min(end, start + 20)).toLowerCase(Locale.ROOT);
        if (SCHEMES.contains(word) && Chars.isAt(text, end, ' ') && end + 1 < text.length()) {
            int behind = end + 1;
            boolean several = word.equals("digest") || word.startsWith("aws4");
            int last = several ? lineEnd(text, behind) : bareEnd(text, behind, false);
            return last == behind || text.charAt(behind) == '[' ? null : new PairValue(behind, last, "");
        }
        boolean idle = LITERALS.contains(word) || !hasWord(text, start, end) || isPlaceholder(text, start, end);
        return idle ? null : new PairValue(start, end, "");
    }

    private static int bareEnd(String text, int start, boolean encoded) {
        int at = start;
        while (at < text.length() && !endsBare(text, at, encoded)) {
            at++;
        }
        // A stop ends a sentence.
        while (at > start && text.charAt(at - 1) == '.' && !Chars.isWordAt(text, at)) {
            at--;
        }
        return at;
    }

    private static boolean endsBare(String text, int at, boolean encoded) {
        char c = text.charAt(at);
        if (Chars.isBlank(c) || Chars.isQuote(c) || "&;)}]<>".indexOf(c) >= 0) {
            return true;
        }
        if (c == '\\') {
            return at + 1 < text.length() && "nrt\"'\\".indexOf(text.charAt(at + 1)) >= 0;
        }
        if (c == '%') {
            return encoded && isEncodedEnd(text, at);
        }
        return c == ',' && (at + 1 >= text.length() || !Chars.isWordAt(text, at + 1) || beginsPair(text, at + 1));
    }

    private static boolean isEncodedEnd(String text, int at) {
        return text.startsWith("%26", at)
                || text.startsWith("%2526", at)
                || text.startsWith("%2522", at)
                || text.startsWith("%22", at)
                || text.regionMatches(true, at, "%3B", 0, 3)
                || text.regionMatches(true, at, "%2C", 0, 3)
                || text.regionMatches(true, at, "%7D", 0, 3)
                || text.regionMatches(true, at, "%0A", 0, 3);
    }

    private static boolean beginsPair(String text, int start) {
        int at = start;
        while (at < text.length() && at - start < 32 && (Chars.isWordAt(text, at) || text.charAt(at) == '_')) {
            at++;
        }
        return Chars.isAt(text, at, '=') || Chars.isAt(text, at, ':');
    }

    private static int lineEnd(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private static boolean hasWord(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Chars.isWordAt(text, i) || text.charAt(i) >= 128) {
                return true;
            }
        }
        return false;
    }

    /** What stands for a value in templates and statements: {@code {0}}, {@code %s}, {@code $1}, {@code :name}. */
    private static boolean isPlaceholder(String text, int start, int end) {
        char first = text.charAt(start);
        int length = end - start;
        return switch (first) {
            case '{' -> length <= 40 && isName(text, start + 1, end - 1);
            case '[' -> length == 2;
            case '%' -> length == 2;
            case '$' -> length > 1 && (text.charAt(start + 1) == '{' || Chars.digits(text, start + 1) == end);
            case ':' -> isName(text, start + 1, end);
            default -> false;
        };
    }

    private static boolean isName(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Chars.isWordAt(text, i) && "_.$ {}%".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a word behind a colon is one of a sentence, as in {@code Invalid password: must be longer}. */
    private static boolean isProse(String text, PairKey key, PairValue value) {
        if (value.end() - value.start() > MAX_SENTENCE_WORD) {
            return false;
        }
        for (int i = value.start(); i < value.end(); i++) {
            if (!Chars.isLetter(text.charAt(i))) {
                return false;
            }
        }
        boolean goesOn = Chars.isAt(text, value.end(), ' ')
                && value.end() + 1 < text.length()
                && Chars.isLetter(text.charAt(value.end() + 1));
        String name = key.name().toLowerCase(Locale.ROOT);
        return goesOn || name.endsWith("token") || name.endsWith("auth") || name.startsWith("auth");
    }

    private static String jsonQuote(PairKey key, char sign) {
        return sign == ':' && key.quote().endsWith("\"") ? key.quote() : "";
    }
}
