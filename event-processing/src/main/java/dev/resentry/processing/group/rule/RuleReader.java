package dev.resentry.processing.group.rule;

/** Reads one line of rules, character by character, and knows where it is. */
final class RuleReader {
    private static final int MAX_LINE = 4_096;

    private final String line;
    private int at;

    RuleReader(String line) throws RuleSyntaxException {
        if (line.length() > MAX_LINE) {
            throw new RuleSyntaxException(
                    1, "line: %d characters (expected: at most %d)".formatted(line.length(), MAX_LINE));
        }
        this.line = line;
    }

    void skipBlanks() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    boolean isAtEnd() {
        skipBlanks();
        return at >= line.length();
    }

    /** The next character, a blank at the end. */
    char peek() {
        return at < line.length() ? line.charAt(at) : ' ';
    }

    boolean looksAt(String text) {
        skipBlanks();
        return line.startsWith(text, at);
    }

    boolean take(String text) {
        boolean there = looksAt(text);
        at += there ? text.length() : 0;
        return there;
    }

    void expect(String text) throws RuleSyntaxException {
        if (!take(text)) {
            throw unexpected("'" + text + "'");
        }
    }

    int column() {
        return at + 1;
    }

    RuleSyntaxException unexpected(String expected) {
        String found = at >= line.length() ? "the end of the line" : "'" + line.charAt(at) + "'";
        return new RuleSyntaxException(at + 1, "found %s (expected: %s)".formatted(found, expected));
    }

    RuleSyntaxException fault(int column, String message) {
        return new RuleSyntaxException(column, message);
    }

    /** A text in quotes, else everything up to a blank or one of {@code stops}. */
    String text(String stops, String expected) throws RuleSyntaxException {
        skipBlanks();
        if (peek() == '"') {
            return quoted();
        }
        int start = at;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at)) && stops.indexOf(line.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw unexpected(expected);
        }
        return line.substring(start, at);
    }

    private String quoted() throws RuleSyntaxException {
        int open = at;
        var text = new StringBuilder();
        for (at++; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"') {
                at++;
                return text.toString();
            }
            if (c == '\\' && at + 1 < line.length() && (line.charAt(at + 1) == '"' || line.charAt(at + 1) == '\\')) {
                at++;
                c = line.charAt(at);
            }
            text.append(c);
        }
        throw new RuleSyntaxException(open + 1, "the quote is not closed");
    }

    /** A variable with its braces, which may hold blanks. */
    String variable() throws RuleSyntaxException {
        int end = line.indexOf("}}", at);
        if (end < 0) {
            throw new RuleSyntaxException(at + 1, "'{{' is not closed (expected: '}}')");
        }
        String variable = line.substring(at, end + 2);
        at = end + 2;
        return variable;
    }

    void advance() {
        at++;
    }
}
