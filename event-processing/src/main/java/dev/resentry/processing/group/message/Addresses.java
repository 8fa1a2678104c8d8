package dev.resentry.processing.group.message;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Addresses of machines and of people. */
final class Addresses {
    private static final int MAX_RUN = 320;

    private Addresses() {}

    static @Nullable Token at(String text, int at) {
        Token v4 = ipv4(text, at);
        return v4 != null ? v4 : ipv6(text, at);
    }

    private static @Nullable Token ipv4(String text, int at) {
        int end = at;
        for (int part = 0; part < 4; part++) {
            int start = end;
            while (end < text.length() && end - start < 4 && Tokens.isDigit(text.charAt(end))) {
                end++;
            }
            if (end == start || end - start > 3 || (part < 3 && (end == text.length() || text.charAt(end) != '.'))) {
                return null;
            }
            end += part < 3 ? 1 : 0;
        }
        if (end < text.length() && (Tokens.isWord(text.charAt(end)) || isDottedOn(text, end))) {
            return null;
        }
        return new Token(port(text, end) - at, "<host>");
    }

    private static boolean isDottedOn(String text, int at) {
        return text.charAt(at) == '.' && at + 1 < text.length() && Tokens.isDigit(text.charAt(at + 1));
    }

    /** At least two colons between groups of hex digits; {@code Class::method} has none of them. */
    static @Nullable Token ipv6(String text, int at) {
        int end = at;
        int colons = 0;
        int group = 0;
        boolean doubled = false;
        boolean digit = false;
        while (end < text.length() && end - at < 46) {
            char c = text.charAt(end);
            if (c == ':') {
                colons++;
                doubled |= end > at && text.charAt(end - 1) == ':';
                group = 0;
            } else if (Character.digit(c, 16) >= 0 && c < 128) {
                group++;
                digit |= Tokens.isDigit(c);
                if (group > 4) {
                    return null;
                }
            } else {
                break;
            }
            end++;
        }
        boolean whole = end == text.length() || !Tokens.isWord(text.charAt(end));
        boolean address = colons == 7 || (doubled && colons >= 2 && digit);
        return whole && address && colons <= 7 ? new Token(end - at, "<host>") : null;
    }

    /** The end of {@code :5432}, if it follows. */
    private static int port(String text, int at) {
        if (at + 1 >= text.length() || text.charAt(at) != ':' || !Tokens.isDigit(text.charAt(at + 1))) {
            return at;
        }
        int end = at + 1;
        while (end < text.length() && end - at <= 5 && Tokens.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** {@code ada@example.com}, {@code db1.internal:5432}, {@code localhost:6379}. */
    static @Nullable Token emailOrHost(String text, int at, Set<String> topLevel) {
        int limit = Math.min(text.length(), at + MAX_RUN);
        int end = at;
        int lastDot = -1;
        int atSign = -1;
        boolean upper = false;
        while (end < limit) {
            char c = text.charAt(end);
            boolean plus = c == '+' || c == '%';
            if (c == '@' && atSign < 0 && end > at) {
                atSign = end;
            } else if (c == '.') {
                lastDot = end;
            } else if (!Tokens.isWord(c) && c != '-' && !(plus && atSign < 0)) {
                break;
            }
            upper |= Character.isUpperCase(c);
            end++;
        }
        while (end > at && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
            end--;
            lastDot = lastDot == end ? text.lastIndexOf('.', end - 1) : lastDot;
        }
        if (atSign > 0 && lastDot > atSign && end - lastDot > 2) {
            return new Token(end - at, "<email>");
        }
        if (atSign >= 0) {
            return null;
        }
        String run = text.substring(at, end);
        if (run.equals(Tokens.LOCALHOST)) {
            return new Token(port(text, end) - at, "<host>");
        }
        if (lastDot <= at || upper || (end < text.length() && text.charAt(end) == '(')) {
            return null;
        }
        return topLevel.contains(text.substring(lastDot + 1, end)) ? new Token(port(text, end) - at, "<host>") : null;
    }
}
