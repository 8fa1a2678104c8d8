package dev.resentry.model.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query. {@code AND} binds tighter than {@code OR}, and stands between terms that nothing joins; words without a key that
 * follow each other are one text.
 */
public final class SearchParser {
    public static final int MAX_LENGTH = 4_096;
    public static final int MAX_TERMS = 100;

    /** Of parentheses and negations in each other. */
    public static final int MAX_DEPTH = 20;

    private final String query;
    private final List<SearchToken> tokens;
    private int next;
    private int terms;
    private int depth;

    private SearchParser(String query, List<SearchToken> tokens) {
        this.query = query;
        this.tokens = tokens;
    }

    /**
     * Reads a query.
     *
     * @throws SearchFault if it means nothing, or is larger than a query may be
     */
    public static SearchNode parse(String query) {
        requireLength(query);
        requireText(query);
        var parser = new SearchParser(query, new SearchLexer(query).tokens());
        if (parser.tokens.isEmpty()) {
            return new SearchNode.Everything();
        }
        SearchNode node = parser.either();
        if (parser.next < parser.tokens.size()) {
            // Only a parenthesis ends what goes on.
            throw fault(
                    "A parenthesis is closed that was not opened",
                    parser.tokens.get(parser.next).position(),
                    ")",
                    "an opening one before it");
        }
        return node;
    }

    private SearchNode either() {
        List<SearchNode> parts = new ArrayList<>();
        parts.add(all());
        while (peek() instanceof SearchToken.Or) {
            next++;
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new SearchNode.Or(parts);
    }

    private SearchNode all() {
        List<SearchNode> parts = new ArrayList<>();
        parts.add(one());
        while (true) {
            switch (peek()) {
                case SearchToken.And _ -> next++;
                case SearchToken.Or _, SearchToken.Close _ -> {
                    return joined(parts);
                }
                case null -> {
                    return joined(parts);
                }
                default -> {}
            }
            parts.add(one());
        }
    }

    private static SearchNode joined(List<SearchNode> parts) {
        return parts.size() == 1 ? parts.getFirst() : new SearchNode.And(parts);
    }

    private SearchNode one() {
        SearchToken token = peek();
        if (token == null) {
            throw missing(query.length(), "the end");
        }
        next++;
        return switch (token) {
            case SearchToken.Not(String written, int position) -> {
                deeper(written, position);
                SearchNode part = one();
                depth--;
                yield new SearchNode.Not(part);
            }
            case SearchToken.Open(int position) -> {
                deeper("(", position);
                SearchNode inside = either();
                if (!(peek() instanceof SearchToken.Close)) {
                    throw fault("A parenthesis is not closed", position, "(", "a closing one behind it");
                }
                next++;
                depth--;
                yield inside;
            }
            case SearchToken.Filter(SearchNode node, int position) -> {
                count(position);
                yield node;
            }
            case SearchToken.Quoted(String text, int position) -> {
                count(position);
                yield new SearchNode.Text(text, position);
            }
            case SearchToken.Word(String word, int position) -> {
                count(position);
                yield new SearchNode.Text(words(word), position);
            }
            case SearchToken.Close(int position) -> throw missing(position, ")");
            case SearchToken.And(String written, int position) -> throw missing(position, written);
            case SearchToken.Or(String written, int position) -> throw missing(position, written);
        };
    }

    private String words(String first) {
        var words = new StringBuilder(first);
        while (peek() instanceof SearchToken.Word(String word, int _)) {
            words.append(' ').append(word);
            next++;
        }
        return words.toString();
    }

    private @Nullable SearchToken peek() {
        return next < tokens.size() ? tokens.get(next) : null;
    }

    private void count(int position) {
        if (++terms > MAX_TERMS) {
            throw fault("A query has more than %d terms".formatted(MAX_TERMS), position, "one more", "fewer terms");
        }
    }

    private void deeper(String found, int position) {
        if (++depth > MAX_DEPTH) {
            throw fault(
                    "Parentheses and negations are more than %d in each other".formatted(MAX_DEPTH),
                    position,
                    found,
                    "fewer of them");
        }
    }

    private static SearchFault missing(int position, String found) {
        String what = found.equals("the end")
                ? "The query ends where a term is missing"
                : "A term is missing before '" + found + "'";
        return new SearchFault(
                "%s, at character %d".formatted(what, position + 1),
                position,
                found.equals("the end") ? 0 : found.length(),
                found,
                "a key with a value, a text or an opening parenthesis");
    }

    private static SearchFault fault(String message, int position, String found, String expected) {
        return new SearchFault(
                "%s, at character %d (expected: %s)".formatted(message, position + 1, expected),
                position,
                found.length(),
                found,
                expected);
    }

    private static void requireLength(String query) {
        if (query.length() > MAX_LENGTH) {
            throw new SearchFault(
                    "The query has %d characters, more than %d".formatted(query.length(), MAX_LENGTH),
                    MAX_LENGTH,
                    query.length() - MAX_LENGTH,
                    query.length() + " characters",
                    "at most " + MAX_LENGTH);
        }
    }

    /** What the database has no place for cannot be looked for. */
    private static void requireText(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            boolean isHalf = Character.isSurrogate(c);
            if (Character.isHighSurrogate(c)
                    && i + 1 < query.length()
                    && Character.isLowSurrogate(query.charAt(i + 1))) {
                i++;
                isHalf = false;
            }
            if (c == 0 || isHalf) {
                throw new SearchFault(
                        "The query has a character that no text can hold, at character %d".formatted(i + 1),
                        i,
                        1,
                        "U+%04X".formatted((int) c),
                        "characters of a text");
            }
        }
    }
}
