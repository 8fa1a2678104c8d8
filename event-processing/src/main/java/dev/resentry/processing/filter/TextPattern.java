package dev.resentry.processing.filter;

import java.util.List;
import java.util.Locale;

/**
 * A pattern for a whole text, in any case: {@code *} is any text, {@code ?} one character. Of a longer text only the first
 * characters count. The time it takes is at most that of the text times the pattern.
 */
record TextPattern(String pattern) {
    private static final int MAX_TEXT = 4_096;

    TextPattern {
        pattern = pattern.toLowerCase(Locale.ROOT);
    }

    static List<TextPattern> all(List<String> patterns) {
        return patterns.stream().map(TextPattern::new).toList();
    }

    /** Whether one of some patterns matches; none matches what is empty. */
    static boolean anyMatches(List<TextPattern> patterns, String text) {
        return !text.isEmpty() && patterns.stream().anyMatch(pattern -> pattern.matches(text));
    }

    /** Where the text leaves the pattern, the last star takes one character more: those in front of it need not be tried again. */
    boolean matches(String given) {
        String text = (given.length() <= MAX_TEXT ? given : given.substring(0, MAX_TEXT)).toLowerCase(Locale.ROOT);
        int p = 0;
        int t = 0;
        int star = -1;
        int starTook = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starTook = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++starTook;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
