package dev.resentry.query.agent;

/** Makes text of events harmless to show: without characters that are not seen, and never longer than so many bytes of UTF-8. */
public final class EventText {
    private static final String ELLIPSIS = "…";
    private static final int ELLIPSIS_BYTES = 3;

    /** Marks and letters that have no shape: a joiner of graphemes, and fillers of Hangul. */
    private static final String BLANK = "\u034F\u115F\u1160\u3164\uFFA0";

    private EventText() {}

    /** A text on one line; line breaks become spaces. */
    public static String line(String text, int maxBytes) {
        return cut(text, maxBytes, false);
    }

    /** A text that keeps its lines. */
    public static String block(String text, int maxBytes) {
        return cut(text, maxBytes, true);
    }

    private static String cut(String text, int maxBytes, boolean keepLines) {
        var seen = new StringBuilder();
        int bytes = 0;
        int fits = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            int shown = shown(character, keepLines);
            if (shown < 0) {
                continue;
            }
            bytes += bytesOf(shown);
            if (bytes > maxBytes) {
                seen.setLength(fits);
                return seen.append(ELLIPSIS).toString();
            }
            seen.appendCodePoint(shown);
            if (bytes <= maxBytes - ELLIPSIS_BYTES) {
                fits = seen.length();
            }
        }
        return seen.toString();
    }

    /** What is shown of a character; -1 if it is not seen, such as one that turns the direction of writing or hides text in tags. */
    private static int shown(int character, boolean keepLines) {
        if (character == '\n' || character == '\t') {
            return keepLines ? character : ' ';
        }
        if (isVariationSelector(character) || BLANK.indexOf(character) >= 0) {
            return -1;
        }
        return switch (Character.getType(character)) {
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> keepLines ? '\n' : ' ';
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> -1;
            default -> character;
        };
    }

    /** They follow a character and are not seen, so that any bytes may be hidden in them. */
    private static boolean isVariationSelector(int character) {
        return (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
    }

    private static int bytesOf(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }
}
