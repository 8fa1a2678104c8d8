package dev.resentry.processing.group.message;

/** Writes a template; a list of values of one kind becomes one of them, however long it is. */
final class TemplateWriter {
    private final StringBuilder out;
    private String lastMark = "";
    private int afterLastMark = -1;

    TemplateWriter(int capacity) {
        this.out = new StringBuilder(capacity);
    }

    void literal(char c) {
        boolean blank = Character.isWhitespace(c) && c != '\n';
        if (blank && !out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            return;
        }
        out.append(blank ? ' ' : c);
    }

    void token(String text) {
        boolean mark = text.startsWith("<") && text.endsWith(">");
        if (mark && text.equals(lastMark) && isListSeparator()) {
            out.setLength(afterLastMark);
            return;
        }
        out.append(text);
        if (mark) {
            lastMark = text;
            afterLastMark = out.length();
        }
    }

    private boolean isListSeparator() {
        boolean comma = false;
        for (int i = afterLastMark; i < out.length(); i++) {
            char c = out.charAt(i);
            comma |= c == ',';
            if (c != ',' && c != ' ') {
                return false;
            }
        }
        return comma;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
