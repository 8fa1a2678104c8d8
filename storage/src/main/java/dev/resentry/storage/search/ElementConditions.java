package dev.resentry.storage.search;

import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions of a field with several values, of which one is enough. An empty value is that there is none.
 *
 * @param from what stands behind {@code FROM}
 * @param sql the expression of one of the values
 */
record ElementConditions(SearchField field, String from, String sql, FieldConditions conditions) {

    String matches(SearchNode.Term term) {
        List<SearchValue.One> named = new ArrayList<>();
        List<String> alternatives = new ArrayList<>();
        for (SearchValue.One value : term.value().values()) {
            if (term.operator() == SearchOperator.EQUALS && value.written().isEmpty()) {
                alternatives.add("NOT " + exists(FieldConditions.isPresent(field.kind(), sql)));
            } else {
                named.add(value);
            }
        }
        if (!named.isEmpty()) {
            var rest = new SearchNode.Term(term.key(), term.operator(), new SearchValue.AnyOf(named), term.position());
            alternatives.add(exists(conditions.matches(field.kind(), field.words(), sql, rest)));
        }
        return FieldConditions.or(alternatives);
    }

    private String exists(String condition) {
        return "EXISTS (SELECT FROM %s WHERE %s)".formatted(from, condition);
    }
}
