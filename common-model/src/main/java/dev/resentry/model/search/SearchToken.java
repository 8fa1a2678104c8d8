package dev.resentry.model.search;

/** A piece of a query. */
sealed interface SearchToken {
    int position();

    record Open(int position) implements SearchToken {}

    record Close(int position) implements SearchToken {}

    /** The word as written. */
    record And(String written, int position) implements SearchToken {}

    /** The word as written. */
    record Or(String written, int position) implements SearchToken {}

    /** The word or sign as written. */
    record Not(String written, int position) implements SearchToken {}

    /** A word of free text. */
    record Word(String text, int position) implements SearchToken {}

    /** Free text in quotes. */
    record Quoted(String text, int position) implements SearchToken {}

    /** A key with its value. */
    record Filter(SearchNode node, int position) implements SearchToken {}
}
