package dev.resentry.processing.group.message;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ids: UUIDs, hashes, addresses in memory, random ids with and without a prefix, tokens. */
final class Identifiers {
    private static final Set<String> CODE_PREFIXES = Set.of(
            "ORA",
            "PLS",
            "TNS",
            "SQL",
            "ERR",
            "TS",
            "CS",
            "CVE",
            "RFC",
            "ISO",
            "UTF",
            "SHA",
            "MD",
            "HTTP",
            "TLS",
            "SSL",
            "DB",
            "JDK",
            "E",
            "EC",
            "SQLSTATE",
            "HRESULT",
            "AADSTS",
            "MSB",
            "CA",
            "IDE",
            "NU",
            "ECMA");

    private Identifiers() {}

    static boolean isHex(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.digit(word.charAt(i), 16) < 0 || word.charAt(i) > 'f') {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /** The id that begins here and may hold dashes and dots. */
    static @Nullable Token at(String text, int at) {
        char c = text.charAt(at);
        if (c == '0' && at + 2 < text.length() && (text.charAt(at + 1) == 'x' || text.charAt(at + 1) == 'X')) {
            int end = Tokens.wordEnd(text, at);
            return isHex(text.substring(at + 2, end)) ? new Token(end - at, "<hex>") : null;
        }
        if (isUuid(text, at)) {
            return new Token(36, "<id>");
        }
        if (text.startsWith("eyJ", at) || text.startsWith("arn:", at)) {
            int end = at;
            while (end < text.length()
                    && end - at < 4_096
                    && (Tokens.isWord(text.charAt(end)) || "-.:/*+=".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            return end - at > 20 ? new Token(end - at, "<token>") : null;
        }
        return macAddress(text, at);
    }

    private static boolean isUuid(String text, int at) {
        if (at + 36 > text.length()) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(at + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return at + 36 == text.length() || !Tokens.isWord(text.charAt(at + 36));
    }

    private static @Nullable Token macAddress(String text, int at) {
        if (at + 17 > text.length()) {
            return null;
        }
        char separator = text.charAt(at + 2);
        if (separator != ':' && separator != '-') {
            return null;
        }
        for (int i = 0; i < 17; i++) {
            char c = text.charAt(at + i);
            if (i % 3 == 2 ? c != separator : Character.digit(c, 16) < 0) {
                return null;
            }
        }
        return at + 17 < text.length() && Tokens.isWord(text.charAt(at + 17)) ? null : new Token(17, "<mac>");
    }

    /** {@code worker-3}, {@code c-1200-93}: words and numbers joined by dashes. A code such as {@code ORA-00942} is none. */
    static @Nullable Token dashed(String text, int at) {
        int end = at;
        int start = at;
        boolean digits = false;
        while (end < text.length()
                && end - at < 128
                && (Tokens.isAlphanumeric(text.charAt(end)) || text.charAt(end) == '-')) {
            if (text.charAt(end) == '-') {
                digits |= Tokens.isDigits(text.substring(start, end)) && start > at;
                start = end + 1;
            }
            end++;
        }
        digits |= start > at && Tokens.isDigits(text.substring(start, end));
        if (!digits || (end < text.length() && Tokens.isWord(text.charAt(end)))) {
            return null;
        }
        boolean code = CODE_PREFIXES.contains(text.substring(at, text.indexOf('-', at)));
        return code ? null : new Token(end - at, "<id>");
    }

    /** A word as a whole, or its parts between underscores, where they are ids. Null if nothing of it changes. */
    static @Nullable Token segments(String word) {
        if (isId(word)) {
            return new Token(word.length(), "<id>");
        }
        if (word.indexOf('_') < 0) {
            return null;
        }
        var kept = new StringBuilder(word.length());
        boolean changed = false;
        for (String part : word.split("_", -1)) {
            boolean digits = Tokens.isDigits(part);
            boolean id = !digits && isId(part);
            changed |= digits || id;
            kept.append(kept.isEmpty() ? "" : "_").append(digits ? "<num>" : id ? "<id>" : part);
        }
        return changed ? new Token(word.length(), kept.toString()) : null;
    }

    static boolean isId(String word) {
        int digits = 0;
        int letters = 0;
        int switches = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Tokens.isAlphanumeric(c)) {
                return false;
            }
            boolean digit = Tokens.isDigit(c);
            digits += digit ? 1 : 0;
            letters += digit ? 0 : 1;
            switches += i > 0 && digit != Tokens.isDigit(word.charAt(i - 1)) ? 1 : 0;
        }
        if (digits == 0) {
            return word.length() >= 32 && isHex(word);
        }
        if (letters == 0) {
            return false;
        }
        return (word.length() >= 7 && digits > 1 && isHex(word))
                || (word.length() >= 8 && switches >= 3)
                || (word.length() >= 16 && digits >= 4)
                || (digits >= 4 && !isErrorCode(word, digits));
    }

    /** {@code ORA00942}, {@code E11000}: letters that name who counts, then the number of the error. */
    private static boolean isErrorCode(String word, int digits) {
        String prefix = word.substring(0, word.length() - digits);
        return CODE_PREFIXES.contains(prefix);
    }

    /** Whether the word in front of a dash makes the number behind it a code. */
    static boolean isCodePrefix(String word) {
        return CODE_PREFIXES.contains(word);
    }
}
