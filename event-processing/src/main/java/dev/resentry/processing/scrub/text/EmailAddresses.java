package dev.resentry.processing.scrub.text;

import java.util.Locale;
import java.util.Set;

/** Mail addresses with a domain of at least two labels. */
final class EmailAddresses {
    private static final int MAX_LOCAL = 256;

    /** What looks like a top-level domain in the names of files for screens of higher resolution, such as {@code logo@2x.png}. */
    private static final Set<String> FILE_ENDINGS = Set.of(
            "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "js", "mjs", "cjs", "ts", "tsx", "jsx", "css",
            "map", "json", "html", "dll", "exe");

    private EmailAddresses() {}

    /** Where the address begins whose at sign is at a place, not before a limit; -1 if there is none. */
    static int start(String text, int at, int limit) {
        int start = at;
        int least = Math.max(limit, at - MAX_LOCAL);
        while (start > least && isLocal(text.charAt(start - 1))) {
            start--;
        }
        // Two hex digits of an escaped sign, as in email%3Djane%40example.com.
        if (start > limit && text.charAt(start - 1) == '%' && start + 2 <= at) {
            start += 2;
        }
        while (start < at && text.charAt(start) == '.') {
            start++;
        }
        return start < at && text.charAt(at - 1) != '.' ? start : -1;
    }

    /** Where an address ends whose domain begins at a place; -1 if that is none. */
    static int end(String text, int domain) {
        int label = domain;
        int dots = 0;
        int at = domain;
        while (at < text.length() && isDomain(text.charAt(at))) {
            if (text.charAt(at) == '.') {
                if (at == label || !Chars.isWordAt(text, at + 1)) {
                    break;
                }
                dots++;
                label = at + 1;
            }
            at++;
        }
        return dots > 0 && isTopLevel(text, label, at) ? at : -1;
    }

    private static boolean isTopLevel(String text, int start, int end) {
        if (end - start < 2 || Chars.isAt(text, end, '_')) {
            return false;
        }
        for (int i = start; i < end; i++) {
            // Letters of other scripts too; xn-- is what browsers make of them.
            if (!Character.isLetter(text.charAt(i)) && !text.startsWith("xn--", start)) {
                return false;
            }
        }
        return end - start > 5
                || !FILE_ENDINGS.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
    }

    private static boolean isLocal(char c) {
        return Chars.isWord(c) || "._+-!#$*~".indexOf(c) >= 0 || (c >= 128 && Character.isLetter(c));
    }

    private static boolean isDomain(char c) {
        return Chars.isWord(c) || c == '.' || c == '-' || (c >= 128 && Character.isLetter(c));
    }
}
