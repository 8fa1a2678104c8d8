package dev.resentry.storage.search;

import dev.resentry.model.issue.state.Substatus;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What {@code is:} says of an issue. */
final class IssueStateTerms implements SearchTerms {
    /** All words, in the order in which they are shown. */
    static final List<String> WORDS = Stream.concat(
                    Stream.of(
                            "unresolved",
                            "resolved",
                            "ignored",
                            "archived",
                            "muted",
                            "assigned",
                            "unassigned",
                            "for_review",
                            "linked",
                            "unlinked",
                            "reprocessing"),
                    Stream.of(Substatus.values()).map(Substatus::wireName))
            .toList();

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        String expected = "one of " + String.join(", ", WORDS);
        if (!(term.value() instanceof SearchValue.One value)) {
            throw SearchFaults.key(term, "'is:' takes no list", "a single word; join several by OR");
        }
        if (term.operator() != SearchOperator.EQUALS) {
            throw SearchFaults.value(term, value, expected);
        }
        String word = value.written().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "unresolved", "resolved", "ignored" -> "i.status = '%s'".formatted(word);
            case "archived", "muted" -> "i.status = 'ignored'";
            case "assigned" -> "i.assignee_id IS NOT NULL";
            case "unassigned" -> "i.assignee_id IS NULL";
            case "for_review" -> "(i.status = 'unresolved' AND i.substatus IN ('new', 'regressed', 'escalating'))";
            case "linked" -> "EXISTS (SELECT FROM issue_tickets k WHERE k.issue_id = i.id)";
            case "unlinked" -> "NOT EXISTS (SELECT FROM issue_tickets k WHERE k.issue_id = i.id)";
            // Events are processed again beside their issue, which stays as it is.
            case "reprocessing" -> "false";
            default ->
                Substatus.of(word)
                        .map(substatus -> "i.substatus = '%s'".formatted(substatus.wireName()))
                        .orElseThrow(() -> SearchFaults.value(term, value, expected));
        };
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return "true";
    }
}
