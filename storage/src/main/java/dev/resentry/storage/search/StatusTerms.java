package dev.resentry.storage.search;

import dev.resentry.model.issue.state.Substatus;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The status of an issue, by any of its words. */
final class StatusTerms implements SearchTerms {
    static final List<String> WORDS = List.of("unresolved", "resolved", "ignored", "archived", "muted");
    static final List<String> SUBSTATUS_WORDS =
            Stream.of(Substatus.values()).map(Substatus::wireName).toList();

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        List<SearchValue.One> values = term.value().values().stream()
                .map(value -> new SearchValue.One(stored(value.written()), value.position()))
                .toList();
        return new FieldConditions(binding)
                .matches(
                        SearchKind.WORD,
                        WORDS,
                        "i.status",
                        new SearchNode.Term(
                                term.key(), term.operator(), new SearchValue.AnyOf(values), term.position()));
    }

    private static String stored(String written) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "archived", "muted" -> "ignored";
            default -> written;
        };
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return "true";
    }
}
