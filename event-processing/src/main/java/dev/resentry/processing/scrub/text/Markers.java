package dev.resentry.processing.scrub.text;

/** The texts that stand for what was taken away, which nothing is taken from again. */
public final class Markers {
    private static final String HASH = "[hash:";
    private static final int HASH_DIGITS = 16;
    private static final int MAX_LENGTH = HASH.length() + HASH_DIGITS + 1;

    private Markers() {}

    /** What stands for a text of which 16 hex digits of a hash are kept. */
    public static String hash(String digits) {
        return HASH + digits + "]";
    }

    /** A name without what was taken out of it, since the word for that would say something of the value. */
    public static String without(String name) {
        String marker = SecretKind.TOKEN.marker();
        int at = name.indexOf(marker);
        if (at < 0 || (Chars.isWordAt(name, at - 1) && !Chars.isEscaped(name, at))) {
            return name;
        }
        return name.replace(marker, " ");
    }

    /** Whether some characters are in a marker, or are one. */
    public static boolean isMarked(String text, int start, int end) {
        for (int i = start; i >= 0 && i > start - MAX_LENGTH; i--) {
            if (Chars.isAt(text, i, '[')) {
                return end(text, i) >= end;
            }
        }
        return false;
    }

    /** The end of the marker that begins at a place; -1 if none does. */
    static int end(String text, int start) {
        if (text.startsWith(HASH, start)) {
            int end = start + MAX_LENGTH;
            return Chars.isAt(text, end - 1, ']') ? end : -1;
        }
        for (SecretKind kind : SecretKind.values()) {
            if (text.startsWith(kind.marker(), start)) {
                return start + kind.marker().length();
            }
        }
        return -1;
    }
}
