package dev.resentry.model.search;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The characters of a query and how far they are read. */
final class SearchText {
    private static final String QUOTE_RULE =
            "a blank or the end behind closing quotes, and \\\" for a quote that is meant";
    private static final Pattern LONE_OPERATOR = Pattern.compile("(?:!=|>=|<=|[<>=])(?=[\\s()]|$)");
    private static final int MAX_SHOWN = 40;

    private final String query;
    private int position;

    SearchText(String query) {
        this.query = query;
    }

    int position() {
        return position;
    }

    void moveTo(int wanted) {
        position = wanted;
    }

    boolean isAtEnd() {
        return position == query.length();
    }

    boolean isAt(int place, char c) {
        return place < query.length() && query.charAt(place) == c;
    }

    void skipBlanks() {
        while (!isAtEnd() && isBlank(query.charAt(position))) {
            position++;
        }
    }

    boolean startsWith(String what) {
        return query.startsWith(what, position);
    }

    boolean take(String what) {
        boolean is = startsWith(what);
        if (is) {
            position += what.length();
        }
        return is;
    }

    /** Takes what a pattern matches from here on. */
    Optional<Matcher> match(Pattern pattern) {
        Matcher matcher = pattern.matcher(query).region(position, query.length());
        // Look-aheads see what is there; the region ends where the query does.
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        position = matcher.end();
        return Optional.of(matcher);
    }

    /** Whether signs of comparison stand here that no value follows, which are a text then. */
    boolean isOperatorAlone() {
        return LONE_OPERATOR
                .matcher(query)
                .region(position, query.length())
                .useTransparentBounds(true)
                .lookingAt();
    }

    /**
     * Takes a word without quotes. Parentheses are of it if they are closed in it again, as in {@code parse()}.
     *
     * @param key what stands before it, if it is a value
     */
    String bare(String key) {
        int start = position;
        var word = new StringBuilder();
        int open = 0;
        while (!isAtEnd() && !isBlank(query.charAt(position))) {
            char c = query.charAt(position);
            if (c == '(') {
                if (position == start || !isClosedInWord()) {
                    break;
                }
                open++;
            } else if (c == ')') {
                if (open == 0) {
                    break;
                }
                open--;
            } else if (c == '"') {
                throw fault("A quote stands within a word", position, 1, QUOTE_RULE);
            } else if (c == '\\' && isAt(position + 1, '"')) {
                position++;
            }
            word.append(query.charAt(position));
            position++;
        }
        if (position == start && !key.isEmpty()) {
            throw new SearchFault(
                    "Empty string after '%s'".formatted(key),
                    start - key.length(),
                    key.length(),
                    isAtEnd() ? "the end" : shown(start, 1),
                    "a value, or \"\" for an empty one");
        }
        return word.toString();
    }

    private boolean isClosedInWord() {
        int open = 0;
        for (int i = position; i < query.length() && !isBlank(query.charAt(i)); i++) {
            if (query.charAt(i) == '(') {
                open++;
            } else if (query.charAt(i) == ')' && --open == 0) {
                return true;
            }
        }
        return false;
    }

    /** Takes a text in quotes, behind which a value ends. */
    String quoted() {
        int start = position;
        String text = quotedInList();
        requireEndOfValue(start);
        return text;
    }

    /** Takes a text in quotes that a character follows. */
    String quotedBefore(char follower) {
        String text = quotedInList();
        if (!isAt(position, follower)) {
            throw new IllegalStateException("nobody looked behind the quotes");
        }
        return text;
    }

    /** Takes a text in quotes. */
    String quotedInList() {
        int behind = behindQuotes();
        if (behind < 0) {
            throw fault(
                    "The quote at character %d is not closed".formatted(position + 1),
                    position,
                    query.length() - position,
                    "closing quotes, and \\\" for a quote that is meant");
        }
        String inside = query.substring(position + 1, behind - 1);
        position = behind;
        return inside.replace("\\\"", "\"");
    }

    /** Where the text goes on behind the quotes that begin here; negative if they are not closed. */
    int behindQuotes() {
        for (int i = position + 1; i < query.length(); i++) {
            if (query.charAt(i) == '\\' && isAt(i + 1, '"')) {
                i++;
            } else if (query.charAt(i) == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Takes a value of a list without quotes. */
    String untilListMark() {
        int start = position;
        while (!isAtEnd() && query.charAt(position) != ',' && query.charAt(position) != ']') {
            if (query.charAt(position) == '"' && !isAt(position - 1, '\\')) {
                throw fault("A quote stands within a value of a list", position, 1, QUOTE_RULE);
            }
            position++;
        }
        return query.substring(start, position).strip().replace("\\\"", "\"");
    }

    /** Holds that a value that began somewhere ends here. */
    void requireEndOfValue(int start) {
        if (!isAtEnd() && !isBlank(query.charAt(position)) && query.charAt(position) != ')') {
            throw fault(
                    "Something follows %s without a blank".formatted(shown(start, position - start)),
                    position,
                    1,
                    QUOTE_RULE);
        }
    }

    SearchFault fault(String message, int at, int length, String expected) {
        String found = at >= query.length() ? "the end" : shown(at, Math.max(1, length));
        return new SearchFault(
                "%s, at character %d (expected: %s)".formatted(message, at + 1, expected), at, length, found, expected);
    }

    private String shown(int from, int length) {
        int to = Math.min(query.length(), from + Math.min(length, MAX_SHOWN));
        return query.substring(from, to) + (length > MAX_SHOWN ? "…" : "");
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c);
    }
}
