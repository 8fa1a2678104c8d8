package dev.resentry.model.search;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows trees in one line. */
final class SearchTree {
    private SearchTree() {}

    static String show(SearchNode node) {
        return switch (node) {
            case SearchNode.Everything() -> "everything";
            case SearchNode.And(List<SearchNode> parts) -> joined(parts, " AND ");
            case SearchNode.Or(List<SearchNode> parts) -> joined(parts, " OR ");
            case SearchNode.Not(SearchNode part) -> "NOT " + show(part);
            case SearchNode.Text text -> "text " + show(text.pattern());
            case SearchNode.Has has -> "has " + has.key();
            case SearchNode.Term term ->
                term.key() + " " + (term.operator() == SearchOperator.EQUALS ? "=" : operator(term.operator())) + " "
                        + value(term.value());
        };
    }

    private static String operator(SearchOperator operator) {
        return operator.isComparison() ? operator.symbol() : operator.name().toLowerCase(Locale.ROOT);
    }

    private static String joined(List<SearchNode> parts, String by) {
        return parts.stream().map(SearchTree::show).collect(Collectors.joining(by, "(", ")"));
    }

    private static String value(SearchValue value) {
        return switch (value) {
            case SearchValue.One one -> show(one.pattern());
            case SearchValue.AnyOf(List<SearchValue.One> values) ->
                values.stream().map(one -> show(one.pattern())).collect(Collectors.joining(", ", "[", "]"));
        };
    }

    /** Wildcards are dots between quotes. */
    private static String show(SearchPattern pattern) {
        return pattern.literals().stream().map(literal -> "'" + literal + "'").collect(Collectors.joining(".."));
    }
}
