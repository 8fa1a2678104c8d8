package dev.resentry.storage.search;

import dev.resentry.model.search.SearchFault;
import dev.resentry.model.search.SearchNode;

/** Makes conditions of a field that is no plain column. */
public interface SearchTerms {

    /**
     * A boolean expression: whether a row matches; null counts as false.
     *
     * @throws SearchFault if the field has no such value
     */
    String matches(SearchNode.Term term, SearchBinding binding);

    /** A boolean expression: whether a row has a value. */
    String isPresent(SearchBinding binding);
}
