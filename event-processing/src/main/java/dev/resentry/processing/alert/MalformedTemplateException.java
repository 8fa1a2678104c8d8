package dev.resentry.processing.alert;

/** A template is none: its message says what is wrong, and where. */
public final class MalformedTemplateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    MalformedTemplateException(String template, int position, String problem) {
        this(lineOf(template, position), columnOf(template, position), problem);
    }

    private MalformedTemplateException(int line, int column, String problem) {
        super("line %d, column %d: %s".formatted(line, column, problem));
        this.line = line;
        this.column = column;
    }

    /** From 1 on. */
    public int line() {
        return line;
    }

    /** From 1 on. */
    public int column() {
        return column;
    }

    private static int lineOf(String template, int position) {
        return 1
                + (int) template.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static int columnOf(String template, int position) {
        return position - template.lastIndexOf('\n', position - 1);
    }
}
