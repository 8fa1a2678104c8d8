package dev.resentry.processing.group.message;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises the values in a message. Every reader looks at a bounded stretch of text. */
final class Tokens {
    private static final int MAX_QUOTED = 2_048;
    private static final int MAX_RUN = 512;

    /** Longer words may be ids. */
    private static final int MAX_PLAIN = 31;

    static final String LOCALHOST = "localhost";

    private static final Set<String> SCHEMES = Set.of(
            "http",
            "https",
            "ws",
            "wss",
            "ftp",
            "ftps",
            "s3",
            "gs",
            "redis",
            "rediss",
            "postgres",
            "postgresql",
            "mysql",
            "mongodb",
            "amqp",
            "amqps",
            "kafka",
            "tcp",
            "udp",
            "grpc",
            "file",
            "blob",
            "jdbc",
            "app",
            "data",
            "ssh",
            "git",
            "ldap",
            "smtp",
            "webpack");

    /** What these are said to be tells what went wrong. */
    private static final Set<String> SAYING = Set.of(
            "state",
            "type",
            "kind",
            "reason",
            "error",
            "err",
            "method",
            "level",
            "op",
            "operation",
            "action",
            "phase",
            "step",
            "errno",
            "class",
            "event",
            "msg",
            "message",
            "cause");

    private static final Set<String> TOP_LEVEL = Set.of(
            "com",
            "net",
            "org",
            "io",
            "dev",
            "app",
            "local",
            "internal",
            "cloud",
            "de",
            "uk",
            "eu",
            "us",
            "fr",
            "at",
            "ch",
            "nl",
            "jp",
            "cn",
            "au",
            "ca",
            "br",
            "in",
            "info",
            "biz",
            "gov",
            "edu",
            "ai",
            "co",
            "me",
            "tech",
            "test",
            "example",
            "invalid",
            "localhost",
            "svc",
            "lan",
            "corp",
            "shop",
            "site",
            "online",
            "xyz");

    private Tokens() {}

    static boolean isWord(char c) {
        return isAlphanumeric(c) || c == '_' || (c > 127 && Character.isLetterOrDigit(c));
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The value that begins here; null if none does. */
    static @Nullable Token at(String text, int at, boolean keepQuotes) {
        char c = text.charAt(at);
        if (c == '"' || c == '\'' || c == '\u201c' || c == '\u2018' || c == '\u00ab') {
            int end = quoted(text, at);
            return end < 0 || keepQuotes ? null : new Token(end - at, "<str>");
        }
        if (c == '/' || c == '\\' || c == '~') {
            return Paths.posix(text, at);
        }
        if (c == '#') {
            return objectNumber(text, at);
        }
        if (c == ':' && text.startsWith("::", at)) {
            return Addresses.ipv6(text, at);
        }
        if (c == '-' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            Token number = Numbers.at(text, at + 1, at);
            return number == null ? null : new Token(number.length() + 1, number.text());
        }
        if (c == '=' && !keepQuotes) {
            return assigned(text, at);
        }
        return isWord(c) ? word(text, at) : null;
    }

    /** {@code user=ada} and {@code (email)=(ada)}: what stands behind the sign is data, unless its name says that it is a code. */
    private static @Nullable Token assigned(String text, int at) {
        int nameEnd = at > 0 && text.charAt(at - 1) == ')' ? at - 1 : at;
        int nameStart = nameEnd;
        while (nameStart > Math.max(0, nameEnd - 32) && isWord(text.charAt(nameStart - 1))) {
            nameStart--;
        }
        String name = text.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
        if (name.isEmpty() || SAYING.contains(name) || name.endsWith("code") || name.endsWith("status")) {
            return null;
        }
        if (text.startsWith("=(", at) && nameEnd < at) {
            int close = text.indexOf(')', at);
            return close < 0 || close - at > 256 ? null : new Token(close + 1 - at, "=(<str>)");
        }
        int end = wordEnd(text, at + 1);
        boolean letters = end > at + 1 && Character.isLetter(text.charAt(at + 1));
        boolean plain = end == text.length() || " ,;&)]}\n".indexOf(text.charAt(end)) >= 0;
        return letters && plain ? new Token(end - at, "=<str>") : null;
    }

    /** Where a quoted part ends, behind its closing quote; -1 if it is none: an apostrophe, or a quote that is never closed. */
    static int quoted(String text, int at) {
        char open = text.charAt(at);
        char close = switch (open) {
            case '\u201c' -> '\u201d';
            case '\u2018' -> '\u2019';
            case '\u00ab' -> '\u00bb';
            default -> open;
        };
        if (close != '"' && close != '\'' && close == open) {
            return -1;
        }
        int limit = Math.min(text.length(), at + MAX_QUOTED);
        for (int i = at + 1; i < limit; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == close && (i + 1 == text.length() || !isWord(text.charAt(i + 1)))) {
                return i + 1;
            } else if (c == '\n') {
                return -1;
            }
        }
        return -1;
    }

    private static @Nullable Token word(String text, int at) {
        return isPlainWord(text, at) ? null : tokenOf(text, at);
    }

    /**
     * Whether a word of letters, with a blank or a comma behind it, is nothing but a word: most of a message are. All readers of
     * values want a digit or another sign, but for the few that are asked for here.
     */
    static boolean isPlainWord(String text, int at) {
        int end = at;
        int limit = Math.min(text.length(), at + MAX_PLAIN);
        while (end < limit && isLetter(text.charAt(end))) {
            end++;
        }
        boolean isWhole = end > at
                && (end == text.length() || (end < limit && " ,\n".indexOf(text.charAt(end)) >= 0))
                && (at == 0 || text.charAt(at - 1) != '@');
        return isWhole
                && !text.startsWith("eyJ", at)
                && !(end - at == LOCALHOST.length() && text.startsWith(LOCALHOST, at))
                && !Dates.mayBegin(text, at, end);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static @Nullable Token tokenOf(String text, int at) {
        Token address = Addresses.at(text, at);
        if (address != null) {
            return address;
        }
        int end = wordEnd(text, at);
        String word = text.substring(at, end);
        if (end < text.length() && text.startsWith("://", end) && SCHEMES.contains(word.toLowerCase(Locale.ROOT))) {
            return new Token(urlEnd(text, end + 3) - at, "<url>");
        }
        if (word.length() == 1 && text.startsWith(":\\", end)) {
            return Paths.windows(text, at);
        }
        boolean identity = at > 0 && text.charAt(at - 1) == '@' && word.length() >= 5 && Identifiers.isHex(word);
        if (identity) {
            // An object in the JVM: its class, then where it is in memory.
            return new Token(word.length(), "<hex>");
        }
        Token id = Identifiers.at(text, at);
        if (id != null) {
            return id;
        }
        if (isSqlState(text, at)) {
            return new Token(word.length(), word);
        }
        Token date = Dates.at(text, at);
        if (date != null) {
            return date;
        }
        Token dashed = Identifiers.dashed(text, at);
        if (dashed != null && !isDigit(text.charAt(at))) {
            return dashed;
        }
        if (isDigit(text.charAt(at))) {
            Token number = Numbers.at(text, at, at);
            return number != null ? number : Identifiers.segments(word);
        }
        Token email = Addresses.emailOrHost(text, at, TOP_LEVEL);
        return email != null ? email : Identifiers.segments(word);
    }

    /** {@code SQLSTATE[42S02]}: five letters and digits that say what went wrong. */
    private static boolean isSqlState(String text, int at) {
        return at >= 9 && text.regionMatches(true, at - 9, "SQLSTATE", 0, 8);
    }

    static int wordEnd(String text, int at) {
        int end = at;
        int limit = Math.min(text.length(), at + MAX_RUN);
        while (end < limit && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The end of a URL, without the punctuation of the sentence it is in. */
    static int urlEnd(String text, int at) {
        int end = at;
        int limit = Math.min(text.length(), at + 2_048);
        while (end < limit && !Character.isWhitespace(text.charAt(end)) && "\"'<>`|".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end > at && ".,;:!?)]}".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    /** {@code order #4711}; but React's errors have numbers that say which. */
    private static @Nullable Token objectNumber(String text, int at) {
        int end = wordEnd(text, at + 1);
        String word = text.substring(at + 1, end);
        return isDigits(word) && !Numbers.isCode(text, at, word) ? new Token(end - at, "#<num>") : null;
    }
}
