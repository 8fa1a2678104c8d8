package dev.resentry.model.search;

import java.util.List;

/** What a query asks for. Positions are those of the query's characters, from 0 on. */
public sealed interface SearchNode {

    /** No query: all are wanted. */
    record Everything() implements SearchNode {}

    /** All of the parts, two at least. */
    record And(List<SearchNode> parts) implements SearchNode {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** One of the parts, two at least. */
    record Or(List<SearchNode> parts) implements SearchNode {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(SearchNode part) implements SearchNode {}

    /**
     * Words without a key, which are one text.
     *
     * @param words with wildcards as written
     */
    record Text(String words, int position) implements SearchNode {
        public SearchPattern pattern() {
            return SearchPattern.of(words);
        }
    }

    /** Something has a value for the key. */
    record Has(SearchKey key, int position) implements SearchNode {}

    /** A key and what is asked of its value. */
    record Term(SearchKey key, SearchOperator operator, SearchValue value, int position) implements SearchNode {}
}
