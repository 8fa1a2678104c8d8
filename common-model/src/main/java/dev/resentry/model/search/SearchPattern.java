package dev.resentry.model.search;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with wildcards.
 *
 * @param literals what stands between the wildcards {@code *}, each of which is any text; a single one if there is none
 */
public record SearchPattern(List<String> literals) {
    public SearchPattern {
        literals = List.copyOf(literals);
    }

    /**
     * Reads a text as written: {@code *} is a wildcard, {@code \*} an asterisk. Other backslashes are themselves, and before an
     * asterisk two of them are one.
     */
    public static SearchPattern of(String written) {
        List<String> literals = new ArrayList<>();
        var literal = new StringBuilder();
        int backslashes = 0;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\') {
                backslashes++;
                continue;
            }
            if (c == '*') {
                literal.repeat('\\', backslashes / 2);
                if (backslashes % 2 == 1) {
                    literal.append('*');
                } else {
                    literals.add(literal.toString());
                    literal.setLength(0);
                }
            } else {
                literal.repeat('\\', backslashes).append(c);
            }
            backslashes = 0;
        }
        literals.add(literal.repeat('\\', backslashes).toString());
        return new SearchPattern(literals);
    }

    /** Whether it has no wildcard. */
    public boolean isLiteral() {
        return literals.size() == 1;
    }

    /** The text of a pattern without wildcards. */
    public String literal() {
        if (!isLiteral()) {
            throw new IllegalStateException("a pattern with wildcards is no single text");
        }
        return literals.getFirst();
    }

    /** This pattern with any text before it. */
    public SearchPattern afterAnything() {
        List<String> more = new ArrayList<>(literals);
        more.addFirst("");
        return new SearchPattern(more);
    }

    /** This pattern with any text behind it. */
    public SearchPattern beforeAnything() {
        List<String> more = new ArrayList<>(literals);
        more.addLast("");
        return new SearchPattern(more);
    }
}
