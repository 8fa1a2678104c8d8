package dev.resentry.storage.search;

/** Where the values of a field are. All SQL here is ours. */
public sealed interface SearchSource {

    /**
     * One value a row.
     *
     * @param sql an expression of the type that the field's kind needs: text, a number, a time, a boolean or a uuid
     */
    record Column(String sql) implements SearchSource {}

    /**
     * Several values a row, of which one is enough.
     *
     * @param from what stands behind {@code FROM}
     * @param sql an expression over it
     */
    record Elements(String from, String sql) implements SearchSource {}

    /** Conditions of its own. */
    record Computed(SearchTerms terms) implements SearchSource {}
}
