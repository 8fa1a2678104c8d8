package dev.resentry.model.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens. What a key and a colon begin is one token with its value. */
final class SearchLexer {
    private static final String NAME = "[A-Za-z0-9_.-]+";

    /** A colon that two slashes or another colon follow is of an address or a class: {@code http://…}, {@code a::b}. */
    private static final Pattern KEY = Pattern.compile("(?<name>" + NAME + "):(?!:|//)");

    private static final Pattern BRACKETED = Pattern.compile(
            "(?<kind>tags|flags)\\[(?<name>\"[^\"\\]]+\"|[^\"\\],]+)(?:,\\s*(?<type>number|string))?\\]");
    private static final Pattern BRACKETED_KEY = Pattern.compile(BRACKETED.pattern() + ":");
    private static final Pattern AGGREGATE_KEY = Pattern.compile("(?<name>[A-Za-z_][A-Za-z0-9_]*\\([^()\"]*\\)):");

    private static final String KEY_RULE = "letters, digits, dots, dashes and underscores, or a key in quotes";

    private final SearchText text;

    SearchLexer(String query) {
        this.text = new SearchText(query);
    }

    List<SearchToken> tokens() {
        List<SearchToken> tokens = new ArrayList<>();
        text.skipBlanks();
        while (!text.isAtEnd()) {
            tokens.add(next());
            text.skipBlanks();
        }
        return operators(tokens);
    }

    /** A small "not" is an operator only before something that can be negated: "file not found" is text. */
    private static List<SearchToken> operators(List<SearchToken> tokens) {
        for (int i = 0; i < tokens.size() - 1; i++) {
            if (tokens.get(i) instanceof SearchToken.Word(String word, int position)
                    && word.equalsIgnoreCase("not")
                    && (tokens.get(i + 1) instanceof SearchToken.Filter
                            || tokens.get(i + 1) instanceof SearchToken.Open)) {
                tokens.set(i, new SearchToken.Not(word, position));
            }
        }
        return tokens;
    }

    private SearchToken next() {
        int start = text.position();
        if (text.take("(")) {
            return new SearchToken.Open(start);
        }
        if (text.take(")")) {
            return new SearchToken.Close(start);
        }
        if (text.startsWith("!(")) {
            text.take("!");
            return new SearchToken.Not("!", start);
        }
        boolean negated = text.take("!");
        Optional<SearchKey> key = key();
        if (key.isPresent()) {
            SearchNode node = filter(key.get(), start);
            return new SearchToken.Filter(negated ? new SearchNode.Not(node) : node, start);
        }
        if (text.startsWith("\"")) {
            if (negated) {
                return new SearchToken.Not("!", start);
            }
            return new SearchToken.Quoted(text.quoted(), start);
        }
        text.moveTo(start);
        return word(start);
    }

    private SearchToken word(int start) {
        String word = text.bare("");
        return switch (word) {
            case String and when and.equalsIgnoreCase("AND") -> new SearchToken.And(word, start);
            case String or when or.equalsIgnoreCase("OR") -> new SearchToken.Or(word, start);
            case "NOT" -> new SearchToken.Not(word, start);
            default -> new SearchToken.Word(word, start);
        };
    }

    /** Takes a key with its colon; nothing if there is none. */
    private Optional<SearchKey> key() {
        if (text.startsWith("\"")) {
            return quotedKey();
        }
        return text.match(BRACKETED_KEY)
                .map(SearchLexer::bracketed)
                .or(() -> text.match(AGGREGATE_KEY)
                        .map(match -> new SearchKey(SearchKey.Kind.AGGREGATE, match.group("name"))))
                .or(() -> text.match(KEY).map(match -> new SearchKey(SearchKey.Kind.NAME, match.group("name"))));
    }

    private Optional<SearchKey> quotedKey() {
        int start = text.position();
        int behind = text.behindQuotes();
        if (behind < 0 || !text.isAt(behind, ':') || behind == start + 2) {
            return Optional.empty();
        }
        String name = text.quotedBefore(':');
        text.take(":");
        return Optional.of(new SearchKey(SearchKey.Kind.NAME, name));
    }

    private static SearchKey bracketed(Matcher match) {
        String name = match.group("name");
        String bare = name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
        if (match.group("kind").equals("flags")) {
            return new SearchKey(SearchKey.Kind.FLAG, bare);
        }
        return new SearchKey(
                "number".equals(match.group("type")) ? SearchKey.Kind.NUMBER_TAG : SearchKey.Kind.TAG, bare);
    }

    private SearchNode filter(SearchKey key, int start) {
        if (key.kind() == SearchKey.Kind.NAME
                && key.name().toLowerCase(Locale.ROOT).equals("has")) {
            return new SearchNode.Has(keyOfHas(), start);
        }
        boolean negated = false;
        SearchOperator operator = SearchOperator.EQUALS;
        if (text.startsWith("\uF00D")) {
            operator = infixOperator();
        } else if (!text.isOperatorAlone()) {
            if (text.take("!=")) {
                negated = true;
            } else if (text.take(">=")) {
                operator = SearchOperator.GREATER_OR_EQUAL;
            } else if (text.take("<=")) {
                operator = SearchOperator.LESS_OR_EQUAL;
            } else if (text.take(">")) {
                operator = SearchOperator.GREATER;
            } else if (text.take("<")) {
                operator = SearchOperator.LESS;
            } else {
                text.take("=");
            }
        }
        SearchNode term = new SearchNode.Term(key, operator, value(key, operator), start);
        return negated ? new SearchNode.Not(term) : term;
    }

    private SearchOperator infixOperator() {
        for (SearchOperator operator :
                List.of(SearchOperator.CONTAINS, SearchOperator.STARTS_WITH, SearchOperator.ENDS_WITH)) {
            if (text.take(operator.symbol())) {
                return operator;
            }
        }
        throw text.fault(
                "An operator between U+F00D characters is unknown",
                text.position(),
                1,
                "Contains, StartsWith or EndsWith between two of them");
    }

    private SearchKey keyOfHas() {
        int start = text.position();
        if (text.startsWith("\"")) {
            String name = text.quoted();
            if (name.isEmpty()) {
                throw text.fault("'has:' has an empty key", start, 2, KEY_RULE);
            }
            return new SearchKey(SearchKey.Kind.NAME, name);
        }
        Optional<SearchKey> bracketed = text.match(BRACKETED).map(SearchLexer::bracketed);
        if (bracketed.isPresent()) {
            text.requireEndOfValue(start);
            return bracketed.get();
        }
        String name = text.bare("has:");
        if (!name.matches(NAME)) {
            throw text.fault("'%s' is no key".formatted(name), start, text.position() - start, KEY_RULE);
        }
        return new SearchKey(SearchKey.Kind.NAME, name);
    }

    private SearchValue value(SearchKey key, SearchOperator operator) {
        int start = text.position();
        if (!text.startsWith("[")) {
            return text.startsWith("\"")
                    ? new SearchValue.One(text.quoted(), start)
                    : new SearchValue.One(text.bare(key + ":"), start);
        }
        if (operator.isComparison()) {
            throw text.fault(
                    "A list cannot be compared by '%s'".formatted(operator.symbol()), start, 1, "a single value");
        }
        return new SearchValue.AnyOf(new SearchList(text).values());
    }
}
