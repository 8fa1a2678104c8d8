package dev.resentry.processing.scrub.text;

import org.jspecify.annotations.Nullable;

/**
 * The key of a pair in a text.
 *
 * @param start where its name begins
 * @param end behind its name
 * @param quote the quote behind it with what escapes it; empty if it has none
 */
record PairKey(String text, int start, int end, String quote) {
    static final int MAX_LENGTH = 64;
    private static final int MAX_BLANKS = 4;

    /** The key in front of a separator; null if there is none behind a limit. */
    static @Nullable PairKey before(String text, int separator, int limit) {
        int end = separator;
        while (end > limit && separator - end < MAX_BLANKS && text.charAt(end - 1) == ' ') {
            end--;
        }
        int quoteEnd = end;
        if (end > limit && Chars.isQuote(text.charAt(end - 1))) {
            end--;
            while (end > limit && text.charAt(end - 1) == '\\') {
                end--;
            }
        } else if (end - 3 >= limit && text.startsWith("%22", end - 3)) {
            end -= 3;
        }
        int start = end;
        while (start > limit && end - start < MAX_LENGTH && isPart(text.charAt(start - 1))) {
            start--;
            if (text.charAt(start) == '%' && !isBracket(text, start)) {
                start = Math.min(end, start + 3);
                break;
            }
        }
        // What was taken out there is no key.
        if (start < end && text.charAt(start) == '[') {
            start = Math.max(start, Math.min(end, Markers.end(text, start)));
        }
        return start == end ? null : new PairKey(text, start, end, text.substring(end, quoteEnd));
    }

    static boolean isPart(char c) {
        return Chars.isWord(c) || "_-.$[]%".indexOf(c) >= 0;
    }

    private static boolean isBracket(String text, int at) {
        return text.regionMatches(true, at, "%5B", 0, 3) || text.regionMatches(true, at, "%5D", 0, 3);
    }

    String name() {
        return text.substring(start, end);
    }

    boolean isQuoted() {
        return !quote.isEmpty();
    }

    /** Whether it is a symbol, as in {@code :password => "x"}. */
    boolean isSymbol() {
        return Chars.isAt(text, start - 1, ':');
    }

    /** Whether it is the name of an XML element. */
    boolean isTag() {
        int before = start;
        if (Chars.isAt(text, before - 1, ':')) {
            before--;
            while (before > 0 && start - before < MAX_LENGTH && Chars.isWordAt(text, before - 1)) {
                before--;
            }
        }
        return Chars.isAt(text, before - 1, '<');
    }

    /** The word in front of a bare key; null if there is none. */
    @Nullable
    String wordBefore() {
        if (isQuoted() || !Chars.isAt(text, start - 1, ' ')) {
            return null;
        }
        int first = start - 1;
        while (first > 0 && start - first < MAX_LENGTH && Chars.isWordAt(text, first - 1)) {
            first--;
        }
        return first == start - 1 ? null : text.substring(first, start - 1);
    }
}
