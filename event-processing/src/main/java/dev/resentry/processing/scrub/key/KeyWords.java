package dev.resentry.processing.scrub.key;

import java.util.Set;

/** A name split into its words, at separators, between letters and digits, and where camel case has a hump. */
final class KeyWords {
    private final char[] letters;
    /** Whether a word begins at a letter; one longer than the letters, so that the end is a boundary too. */
    private final boolean[] boundary;

    private int length;

    private KeyWords(int capacity) {
        letters = new char[capacity];
        boundary = new boolean[capacity + 1];
    }

    static KeyWords of(CharSequence name) {
        var words = new KeyWords(name.length());
        words.read(name);
        return words;
    }

    private void read(CharSequence name) {
        char before = ' ';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '%' && i + 2 < name.length() && isHex(name.charAt(i + 1)) && isHex(name.charAt(i + 2))) {
                i += 2;
                before = ' ';
            } else if (!Character.isLetterOrDigit(c)) {
                before = ' ';
            } else {
                char after = i + 1 < name.length() ? name.charAt(i + 1) : ' ';
                boundary[length] |= begins(before, c, after);
                letters[length++] = Character.toLowerCase(c);
                before = c;
            }
        }
        boundary[length] = true;
    }

    private static boolean begins(char before, char c, char after) {
        if (before == ' ' || Character.isDigit(before) != Character.isDigit(c)) {
            return true;
        }
        return Character.isUpperCase(c) && (Character.isLowerCase(before) || Character.isLowerCase(after));
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0;
    }

    int length() {
        return length;
    }

    char letter(int at) {
        return letters[at];
    }

    /** Whether a word begins here, or the name ends. */
    boolean isBoundary(int at) {
        return boundary[at];
    }

    boolean hasAt(String phrase, int at) {
        if (at + phrase.length() > length) {
            return false;
        }
        for (int i = 0; i < phrase.length(); i++) {
            if (letters[at + i] != phrase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the letters from a start to before an end are of one word. */
    boolean isOneWord(int start, int end) {
        for (int i = start + 1; i < end; i++) {
            if (boundary[i]) {
                return false;
            }
        }
        return true;
    }

    /** All words in one. */
    String joined() {
        return new String(letters, 0, length);
    }

    /** Whether one of some words is one of the name's words, from a place on. */
    boolean hasWord(Set<String> words, int from) {
        int start = from;
        for (int i = from + 1; i <= length; i++) {
            if (boundary[i]) {
                if (words.contains(new String(letters, start, i - start))) {
                    return true;
                }
                start = i;
            }
        }
        return false;
    }
}
