package dev.resentry.processing.scrub.text;

/** Social security numbers of the United States in the form 123-45-6789. */
final class SocialSecurityNumbers {
    private SocialSecurityNumbers() {}

    /** The end of a number that begins at the first digit of a run; -1 if there is none. */
    static int end(String text, int start) {
        int end = start + 11;
        if (end > text.length()
                || Chars.digits(text, start) != start + 3
                || text.charAt(start + 3) != '-'
                || Chars.digits(text, start + 4) != start + 6
                || text.charAt(start + 6) != '-'
                || Chars.digits(text, start + 7) != end) {
            return -1;
        }
        // A piece of something longer, such as a serial number.
        boolean part = Chars.isAt(text, start - 1, '-')
                || Chars.isWordAt(text, end)
                || (Chars.isAt(text, end, '-') && Chars.isWordAt(text, end + 1));
        return !part && isGiven(text, start) ? end : -1;
    }

    /** Area, group and serial of zeros, and some areas, are never given to anybody. */
    private static boolean isGiven(String text, int start) {
        return text.charAt(start) != '9'
                && !text.startsWith("000", start)
                && !text.startsWith("666", start)
                && !text.startsWith("00", start + 4)
                && !text.startsWith("0000", start + 7);
    }
}
