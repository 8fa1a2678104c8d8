package dev.resentry.storage.search;

import java.util.List;
import java.util.Optional;

/**
 * A field of a dataset.
 *
 * @param name as it is shown
 * @param aliases other names; {@link SearchDataset#field} besides does not care for case, dashes and underscores
 * @param words all values of a {@link SearchKind#WORD}, and special ones of others
 * @param ofIssue whether it is one of the issue {@code i}, not of the event or row itself
 */
public record SearchField(
        String name, List<String> aliases, SearchKind kind, List<String> words, boolean ofIssue, SearchSource source) {
    public SearchField {
        aliases = List.copyOf(aliases);
        words = List.copyOf(words);
    }

    /** A field of one column. */
    static SearchField column(SearchKind kind, String sql, String name, String... aliases) {
        return new SearchField(name, List.of(aliases), kind, List.of(), false, new SearchSource.Column(sql));
    }

    /** A field with conditions of its own. */
    static SearchField computed(SearchKind kind, SearchTerms terms, String name, String... aliases) {
        return new SearchField(name, List.of(aliases), kind, List.of(), false, new SearchSource.Computed(terms));
    }

    SearchField withWords(List<String> known) {
        return new SearchField(name, aliases, kind, known, ofIssue, source);
    }

    SearchField onIssue() {
        return new SearchField(name, aliases, kind, words, true, source);
    }

    /** The expression of its one value, to group or sort by; empty if it has none. */
    public Optional<String> expression() {
        return source instanceof SearchSource.Column(String sql) ? Optional.of(sql) : Optional.empty();
    }
}
