package dev.resentry.storage.search;

import dev.resentry.model.search.SearchFault;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchValue;

/** Faults of what reads well, but means nothing here. */
final class SearchFaults {
    private SearchFaults() {}

    /** The fault of a value that its key cannot have. */
    static SearchFault value(SearchNode.Term term, SearchValue.One value, String expected) {
        String written = term.operator().symbol() + value.written();
        return new SearchFault(
                "'%s' cannot be '%s', at character %d (expected: %s)"
                        .formatted(term.key(), written, value.position() + 1, expected),
                value.position(),
                Math.max(1, value.written().length()),
                written,
                expected);
    }

    /** The fault of a key that has no meaning where it is used. */
    static SearchFault key(SearchNode.Term term, String message, String expected) {
        String key = term.key().toString();
        return new SearchFault(
                "%s, at character %d (expected: %s)".formatted(message, term.position() + 1, expected),
                term.position(),
                key.length(),
                key,
                expected);
    }
}
