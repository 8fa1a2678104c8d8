package dev.resentry.processing.group.rule;

import java.util.Locale;

/**
 * A pattern with wildcards: {@code *} is any text, {@code ?} one character. In paths a single star stays within a folder and
 * {@code **} crosses them, case does not count, and a backslash is a slash. Matching takes time in proportion to pattern times text.
 */
public final class Glob {
    private static final int MAX_TEXT = 4_096;

    private final String pattern;
    private final boolean path;
    private final String longestLiteral;

    private Glob(String pattern, boolean path) {
        this.pattern = pattern;
        this.path = path;
        this.longestLiteral = longestLiteral(pattern);
    }

    /** The longest part without wildcards, which is in every text that the pattern matches. */
    private static String longestLiteral(String pattern) {
        String longest = "";
        int start = 0;
        for (int i = 0; i <= pattern.length(); i++) {
            if (i == pattern.length() || pattern.charAt(i) == '*' || pattern.charAt(i) == '?') {
                longest = i - start > longest.length() ? pattern.substring(start, i) : longest;
                start = i + 1;
            }
        }
        return longest;
    }

    static Glob text(String pattern) {
        return new Glob(pattern, false);
    }

    static Glob path(String pattern) {
        return new Glob(plainPath(pattern), true);
    }

    boolean matches(String given) {
        String text = given.length() <= MAX_TEXT ? given : given.substring(0, MAX_TEXT);
        if (!path) {
            return matchesWhole(text);
        }
        String plain = plainPath(text);
        return matchesWhole(plain) || (!plain.startsWith("/") && matchesWhole("/" + plain));
    }

    private static String plainPath(String text) {
        return text.replace('\\', '/').toLowerCase(Locale.ROOT);
    }

    /** Keeps the set of all places in the pattern that the text so far may have led to. */
    private boolean matchesWhole(String text) {
        if (longestLiteral.length() == pattern.length()) {
            return text.equals(pattern);
        }
        if (!text.contains(longestLiteral)) {
            return false;
        }
        boolean[] at = new boolean[pattern.length() + 1];
        at[0] = true;
        openStars(at);
        for (int i = 0; i < text.length(); i++) {
            boolean[] next = new boolean[at.length];
            boolean any = false;
            for (int p = 0; p < pattern.length(); p++) {
                if (at[p]) {
                    any |= step(text.charAt(i), p, next);
                }
            }
            if (!any) {
                return false;
            }
            openStars(next);
            at = next;
        }
        return at[pattern.length()];
    }

    private boolean step(char c, int p, boolean[] next) {
        char expected = pattern.charAt(p);
        if (expected == '*') {
            boolean crosses = !path || c != '/' || isDouble(p);
            next[p] |= crosses;
            return crosses;
        }
        boolean fits = expected == c || (expected == '?' && !(path && c == '/'));
        next[p + 1] |= fits;
        return fits;
    }

    private boolean isDouble(int p) {
        return (p + 1 < pattern.length() && pattern.charAt(p + 1) == '*') || (p > 0 && pattern.charAt(p - 1) == '*');
    }

    /** A star may stand for nothing. */
    private void openStars(boolean[] at) {
        for (int p = 0; p < pattern.length(); p++) {
            at[p + 1] |= at[p] && pattern.charAt(p) == '*';
        }
    }
}
