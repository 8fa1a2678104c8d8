package dev.resentry.processing.symbolicate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the functions of a JavaScript or TypeScript file, and what people call them: by their own name, else by the variable, property or
 * field that they are assigned to; a method behind its class. A scan of tokens and brackets, so what it says of code that it does not
 * understand may be less than there is to say.
 */
final class FunctionScan {
    private static final Set<String> CONTROL =
            Set.of("if", "for", "while", "switch", "catch", "with", "await", "return", "super", "throw");
    private static final Set<String> STATEMENTS = Set.of(
            "const",
            "let",
            "var",
            "function",
            "class",
            "export",
            "import",
            "if",
            "for",
            "while",
            "return",
            "throw",
            "try",
            "switch",
            "async");

    /** So many tokens of a type annotation are looked through. */
    private static final int MAX_TYPE = 30;

    private static final int NONE = -1;

    private final ScriptTokens tokens;
    private final int[] opening;
    private final List<Function> functions = new ArrayList<>();

    /** A function; its name is empty if it has none. */
    static final class Function {
        private final int start;
        private final String name;
        private int end = Integer.MAX_VALUE;

        Function(int start, String name) {
            this.start = start;
            this.name = name;
        }

        int start() {
            return start;
        }

        /** Behind its last character. */
        int end() {
            return end;
        }

        String name() {
            return name;
        }
    }

    /**
     * A bracket that is open.
     *
     * @param ofClass the name of the class whose body it opens
     */
    private record Bracket(
            int token,
            @Nullable Function function,
            @Nullable String ofClass) {}

    /** An arrow function without braces, which ends with the expression. */
    private record Expression(Function function, int depth) {}

    private FunctionScan(String code) {
        this.tokens = new ScriptTokens(code);
        this.opening = new int[tokens.size()];
    }

    /** The functions of a file, in the order in which they begin. */
    static List<Function> of(String code) {
        var scan = new FunctionScan(code);
        scan.scan();
        return scan.functions;
    }

    private void scan() {
        Deque<Bracket> open = new ArrayDeque<>();
        Deque<Expression> expressions = new ArrayDeque<>();
        String pendingClass = null;
        int pendingDepth = NONE;
        for (int i = 0; i < tokens.size(); i++) {
            char mark = tokens.mark(i);
            boolean isStatement = tokens.isWord(i) && STATEMENTS.contains(tokens.text(i)) && tokens.isFirstOfLine(i);
            if (mark == ',' || mark == ';' || isStatement) {
                end(expressions, open.size(), tokens.start(i));
            }
            switch (mark) {
                case '(', '[' -> open.push(new Bracket(i, null, null));
                case '{' -> {
                    if (pendingClass != null && pendingDepth == open.size()) {
                        open.push(new Bracket(i, null, pendingClass));
                        pendingClass = null;
                    } else {
                        open.push(new Bracket(i, body(i, open.peek()), null));
                    }
                }
                case ')', ']', '}' -> {
                    end(expressions, open.size(), tokens.start(i));
                    close(open, i);
                }
                default -> {
                    if (tokens.isArrow(i) && !tokens.isMark(i + 1, '{')) {
                        expressions.push(new Expression(add(i, nameOfArrow(i)), open.size()));
                    } else if (tokens.isWord(i, "class") && !tokens.isMark(i - 1, '.') && !tokens.isMark(i + 1, ':')) {
                        pendingClass = nameOfClass(i);
                        pendingDepth = open.size();
                    }
                }
            }
        }
    }

    private static void end(Deque<Expression> expressions, int depth, int at) {
        while (!expressions.isEmpty() && expressions.peek().depth() >= depth) {
            expressions.pop().function().end = at;
        }
    }

    private void close(Deque<Bracket> open, int token) {
        Bracket bracket = open.poll();
        opening[token] = bracket == null ? NONE : bracket.token();
        if (bracket != null && bracket.function() != null) {
            bracket.function().end = tokens.end(token);
        }
    }

    private Function add(int token, String name) {
        var function = new Function(tokens.start(token), name);
        functions.add(function);
        return function;
    }

    /** The function whose body a brace opens, if it opens one. */
    private @Nullable Function body(int brace, @Nullable Bracket around) {
        int before = brace - 1;
        if (tokens.isArrow(before)) {
            return add(brace, nameOfArrow(before));
        }
        int close = tokens.isMark(before, ')') ? before : parametersBeforeType(before);
        if (close == NONE || opening[close] == NONE) {
            return null;
        }
        int head = beforeGenerics(opening[close] - 1);
        int keyword = tokens.isMark(head, '*') ? head - 1 : head;
        if (tokens.isWord(keyword, "function")) {
            return add(brace, assigned(keyword - 1));
        }
        if (tokens.isMark(head, ']')) {
            return add(brace, "");
        }
        if (!tokens.isWord(head) && !tokens.isValue(head)) {
            return null;
        }
        String name = unquoted(tokens.text(head));
        int star = tokens.isMark(head - 1, '*') ? head - 2 : head - 1;
        if (tokens.isWord(star, "function")) {
            return add(brace, name);
        }
        if (CONTROL.contains(name)) {
            return null;
        }
        String ofClass = around == null ? null : around.ofClass();
        if (ofClass == null || ofClass.isEmpty()) {
            return add(brace, name);
        }
        return add(brace, name.equals("constructor") ? "new " + ofClass : ofClass + "." + name);
    }

    private String nameOfArrow(int arrow) {
        int last = arrow - 1;
        int close = tokens.isMark(last, ')') ? last : parametersBeforeType(last);
        if (close == NONE) {
            return assigned(last - 1);
        }
        return opening[close] == NONE ? "" : assigned(beforeGenerics(opening[close] - 1));
    }

    private String nameOfClass(int keyword) {
        boolean isNamed = tokens.isWord(keyword + 1) && !tokens.isWord(keyword + 1, "extends");
        return isNamed ? tokens.text(keyword + 1) : assigned(keyword - 1);
    }

    /** The name of what the value behind a token is assigned to. */
    private String assigned(int before) {
        int at = tokens.isWord(before, "async") ? before - 1 : before;
        if (tokens.isMark(at, '=')) {
            int name = beforeType(at - 1);
            return tokens.isWord(name) ? tokens.text(name) : "";
        }
        boolean isProperty = tokens.isMark(at, ':')
                && (tokens.isMark(at - 2, '{') || tokens.isMark(at - 2, ','))
                && (tokens.isWord(at - 1) || tokens.isValue(at - 1));
        return isProperty ? unquoted(tokens.text(at - 1)) : "";
    }

    /** The variable in front of its type, or the token itself. */
    private int beforeType(int token) {
        int colon = colonBefore(token);
        boolean isTyped = colon != NONE && tokens.isWord(colon - 1);
        return isTyped ? colon - 1 : token;
    }

    /** The parenthesis that closes the parameters in front of a type of what is returned. */
    private int parametersBeforeType(int token) {
        int colon = colonBefore(token);
        return colon != NONE && colon < token && tokens.isMark(colon - 1, ')') ? colon - 1 : NONE;
    }

    private int colonBefore(int token) {
        for (int i = token; i > 0 && i > token - MAX_TYPE; i--) {
            if (tokens.isMark(i, ':')) {
                return i < token ? i : NONE;
            }
            boolean isPartOfType = tokens.isWord(i) || tokens.isValue(i) || ".<>[]|&,".indexOf(tokens.mark(i)) >= 0;
            if (!isPartOfType) {
                return NONE;
            }
        }
        return NONE;
    }

    private int beforeGenerics(int token) {
        if (!tokens.isMark(token, '>')) {
            return token;
        }
        for (int i = token - 1; i > 0 && i > token - MAX_TYPE; i--) {
            if (tokens.isMark(i, '<')) {
                return i - 1;
            }
        }
        return token;
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() > 1 && "'\"`".indexOf(text.charAt(0)) >= 0;
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }
}
