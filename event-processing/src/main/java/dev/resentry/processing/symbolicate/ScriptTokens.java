package dev.resentry.processing.symbolicate;

import java.util.Arrays;
import java.util.Set;

/**
 * The tokens of a JavaScript or TypeScript file, as far as it takes to tell brackets of code from those in strings, templates, comments and
 * regular expressions. What is not closed on its line, such as an apostrophe in the text of JSX, opens nothing.
 */
final class ScriptTokens {
    /** What a token is. */
    enum Kind {
        WORD,
        /** A string, template, number or regular expression. */
        VALUE,
        ARROW,
        MARK
    }

    private static final Set<String> BEFORE_EXPRESSION = Set.of(
            "return",
            "typeof",
            "case",
            "in",
            "of",
            "delete",
            "void",
            "throw",
            "new",
            "else",
            "do",
            "instanceof",
            "yield",
            "await");
    private static final int NONE = -1;

    private final String code;
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private Kind[] kinds = new Kind[256];
    private int size;

    // Up to where a look for the end of something that began before was in vain, so that no text is looked through
    // again and again.
    private int noDoubleQuoteUntil;
    private int noSingleQuoteUntil;
    private int noExpressionUntil;

    ScriptTokens(String code) {
        this.code = code;
        read();
    }

    int size() {
        return size;
    }

    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    boolean isWord(int token) {
        return is(token, Kind.WORD);
    }

    boolean isValue(int token) {
        return is(token, Kind.VALUE);
    }

    boolean isArrow(int token) {
        return is(token, Kind.ARROW);
    }

    private boolean is(int token, Kind kind) {
        return token >= 0 && token < size && kinds[token] == kind;
    }

    boolean isMark(int token, char mark) {
        return is(token, Kind.MARK) && code.charAt(starts[token]) == mark;
    }

    boolean isWord(int token, String word) {
        return is(token, Kind.WORD)
                && ends[token] - starts[token] == word.length()
                && code.startsWith(word, starts[token]);
    }

    /** The mark; 0 if the token is none. */
    char mark(int token) {
        return is(token, Kind.MARK) ? code.charAt(starts[token]) : 0;
    }

    String text(int token) {
        return code.substring(starts[token], ends[token]);
    }

    /** Whether a token is the first of its line. */
    boolean isFirstOfLine(int token) {
        for (int i = starts[token] - 1; i >= 0 && (token == 0 || i >= ends[token - 1]); i--) {
            if (code.charAt(i) == '\n') {
                return true;
            }
        }
        return token == 0;
    }

    private void read() {
        // For each open brace whether it is of a template.
        boolean[] templates = new boolean[64];
        int depth = 0;
        int at = 0;
        while (at < code.length()) {
            char c = code.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (code.startsWith("//", at)) {
                at = lineEnd(at);
            } else if (code.startsWith("/*", at)) {
                int end = code.indexOf("*/", at + 2);
                at = end < 0 ? code.length() : end + 2;
            } else if (Character.isJavaIdentifierStart(c) || c == '#' || c == '\\') {
                int end = at + 1;
                while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
                    end++;
                }
                at = add(Kind.WORD, at, end);
            } else if (c >= '0' && c <= '9') {
                int end = at + 1;
                while (end < code.length() && isNumberPart(code.charAt(end))) {
                    end++;
                }
                at = add(Kind.VALUE, at, end);
            } else if (c == '"' || c == '\'') {
                int end = quoted(at, c);
                at = end == NONE ? at + 1 : add(Kind.VALUE, at, end);
            } else if (c == '/' && isExpressionNext()) {
                int end = expression(at);
                at = end == NONE ? add(Kind.MARK, at, at + 1) : add(Kind.VALUE, at, end);
            } else if (c == '`' || (c == '}' && depth > 0 && templates[depth - 1])) {
                if (c == '}') {
                    depth--;
                    add(Kind.MARK, at, at + 1);
                }
                int end = template(at + 1);
                at = add(Kind.VALUE, at, end);
                if (end < code.length() && code.charAt(end - 1) == '$' && code.charAt(end) == '{') {
                    templates = with(templates, depth++, true);
                    at = add(Kind.MARK, end, end + 1);
                }
            } else if (c == '=' && code.startsWith("=>", at)) {
                at = add(Kind.ARROW, at, at + 2);
            } else {
                if (c == '{') {
                    templates = with(templates, depth++, false);
                } else if (c == '}' && depth > 0) {
                    depth--;
                }
                at = add(Kind.MARK, at, at + 1);
            }
        }
    }

    private static boolean[] with(boolean[] flags, int index, boolean value) {
        boolean[] room = index < flags.length ? flags : Arrays.copyOf(flags, 2 * flags.length);
        room[index] = value;
        return room;
    }

    private static boolean isNumberPart(char c) {
        return c == '.' || Character.isJavaIdentifierPart(c);
    }

    private int lineEnd(int at) {
        int end = code.indexOf('\n', at);
        return end < 0 ? code.length() : end;
    }

    /**
     * Behind the closing quote; none if the line ends first. What was looked through in vain holds no closing quote for those behind it
     * either: each of them is escaped, so that the text behind it is read as it was.
     */
    private int quoted(int at, char quote) {
        if (at < (quote == '"' ? noDoubleQuoteUntil : noSingleQuoteUntil)) {
            return NONE;
        }
        int i = at + 1;
        for (; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote) {
                return i + 1;
            } else if (c == '\n') {
                break;
            }
        }
        if (quote == '"') {
            noDoubleQuoteUntil = i;
        } else {
            noSingleQuoteUntil = i;
        }
        return NONE;
    }

    /** Behind the closing backtick, or behind the dollar of the next expression. */
    private int template(int from) {
        for (int i = from; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '`' || (c == '$' && i + 1 < code.length() && code.charAt(i + 1) == '{')) {
                return i + 1;
            }
        }
        return code.length();
    }

    /**
     * Behind a regular expression; none if the line ends first. A slash in what was looked through in vain stands in a class, or it would have
     * closed it. From there on the text is read as before as soon as a class begins or ends: in vain.
     */
    private int expression(int at) {
        boolean isInVain = at < noExpressionUntil;
        boolean isClass = false;
        int i = at + 1;
        for (; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\n') {
                break;
            } else if (c == '[' || c == ']') {
                if (isInVain) {
                    return NONE;
                }
                isClass = c == '[';
            } else if (c == '/' && !isClass) {
                int end = i + 1;
                while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
                    end++;
                }
                return end;
            }
        }
        noExpressionUntil = i;
        return NONE;
    }

    /** Whether a slash begins a regular expression and divides nothing; behind {@code <} it closes an element of JSX. */
    private boolean isExpressionNext() {
        int last = size - 1;
        return switch (last < 0 ? Kind.ARROW : kinds[last]) {
            case ARROW -> true;
            case VALUE -> false;
            case WORD -> BEFORE_EXPRESSION.contains(text(last));
            case MARK -> ")]}<".indexOf(mark(last)) < 0;
        };
    }

    private int add(Kind kind, int start, int end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            kinds = Arrays.copyOf(kinds, 2 * size);
        }
        starts[size] = start;
        ends[size] = end;
        kinds[size] = kind;
        size++;
        return end;
    }
}
