package dev.resentry.storage.performance;

import java.util.regex.Pattern;

/** The text of a database statement without what differs from call to call, so that calls of one statement have one text. */
public final class StatementText {
    /** A text, with quotes in it that are doubled or behind a backslash. */
    private static final Pattern TEXT = Pattern.compile("'(?:[^'\\\\]|''|\\\\.)*+'");

    /** What stands for a value already: $1, %s, %(id)s, :id, @p0. The cast of PostgreSQL is none. */
    private static final Pattern PARAMETER =
            Pattern.compile("\\$\\d+|%s|%\\(\\w+\\)s|(?<![:\\w]):[A-Za-z_]\\w*|@p\\d+\\b");

    /** Not what a name ends with. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w\"`.])-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?\\b");

    private static final Pattern HEX = Pattern.compile("\\b0x[0-9a-fA-F]+\\b");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern LIST = Pattern.compile("\\(\\s*\\?(?:\\s*,\\s*\\?)+\\s*\\)");
    private static final Pattern ROWS = Pattern.compile("\\(\\?\\)(?:\\s*,\\s*\\(\\?\\))+");

    private StatementText() {}

    /** Values become {@code ?}, lists of them {@code (?)}, and any space a single one. */
    public static String of(String statement) {
        String text = TEXT.matcher(statement).replaceAll("?");
        text = HEX.matcher(text).replaceAll("?");
        text = PARAMETER.matcher(text).replaceAll("?");
        text = NUMBER.matcher(text).replaceAll("?");
        text = SPACE.matcher(text).replaceAll(" ").strip();
        text = LIST.matcher(text).replaceAll("(?)");
        return ROWS.matcher(text).replaceAll("(?)");
    }
}
