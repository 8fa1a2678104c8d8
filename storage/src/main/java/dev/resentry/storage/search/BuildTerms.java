package dev.resentry.storage.search;

import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchQuantity;

/**
 * A text that is a number at times: it is compared as one, and looked for as a text.
 *
 * @param sql the text
 */
record BuildTerms(String sql) implements SearchTerms {

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        var conditions = new FieldConditions(binding);
        return term.operator().isComparison()
                ? conditions.quantity(SearchQuantity.NUMBER, Numbers.of(sql), term)
                : conditions.text(sql, term);
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return sql + " <> ''";
    }
}
