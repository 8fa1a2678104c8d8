package dev.resentry.processing.group.frame;

/** Looks at single characters and parts of names, without regular expressions. */
final class Text {
    private Text() {}

    static boolean isDigits(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static int digits(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += isDigit(text.charAt(i)) ? 1 : 0;
        }
        return count;
    }

    /** Without the digits at its end. */
    static String withoutTrailingDigits(String text) {
        int end = text.length();
        while (end > 0 && isDigit(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** The part behind the last separator, the whole text if it has none. */
    static String afterLast(String text, char separator) {
        return text.substring(text.lastIndexOf(separator) + 1);
    }

    /** The part before the last separator, the whole text if it has none. */
    static String beforeLast(String text, char separator) {
        int at = text.lastIndexOf(separator);
        return at < 0 ? text : text.substring(0, at);
    }

    /** The part before the first occurrence, the whole text if there is none. */
    static String before(String text, String mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }

    /** Without everything between an opening and its closing bracket, however deep they nest. */
    static String withoutBrackets(String text, char open, char close) {
        if (text.indexOf(open) < 0) {
            return text;
        }
        var kept = new StringBuilder(text.length());
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean arrow = c == '>' && i > 0 && (text.charAt(i - 1) == '-' || text.charAt(i - 1) == '=');
            if (c == open) {
                depth++;
            } else if (c == close && depth > 0 && !arrow) {
                depth--;
            } else if (depth == 0) {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
