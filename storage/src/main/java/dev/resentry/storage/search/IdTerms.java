package dev.resentry.storage.search;

import dev.resentry.model.issue.ShortId;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which issue or project a row is of.
 *
 * @param sql the id
 */
record IdTerms(String sql, Of of) implements SearchTerms {
    enum Of {
        ISSUE,
        PROJECT
    }

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        String expected = of == Of.ISSUE ? "an issue's id or short id" : "a project's slug or id";
        List<Long> ids = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (SearchValue.One value : term.value().values()) {
            String written = value.written();
            if (term.operator() != SearchOperator.EQUALS || written.isEmpty()) {
                throw SearchFaults.value(term, value, expected);
            }
            Optional<Long> id = number(written);
            if (of == Of.PROJECT) {
                id.ifPresent(ids::add);
                // A slug may look like a number.
                conditions.add("%s IN (SELECT known.id FROM projects known WHERE known.slug = lower(%s))"
                        .formatted(sql, binding.bind(written)));
            } else {
                ids.add(id.or(() -> ShortId.parse(written).map(ShortId::issueId))
                        .orElseThrow(() -> SearchFaults.value(term, value, expected)));
            }
        }
        if (!ids.isEmpty()) {
            conditions.addFirst("%s = ANY (%s)".formatted(sql, binding.bind(ids.toArray(Long[]::new))));
            if (of == Of.ISSUE) {
                conditions.add(
                        "%s IN (SELECT merged.into_issue FROM merged_issues merged WHERE merged.issue_id = ANY (%s))"
                                .formatted(sql, binding.bind(ids.toArray(Long[]::new))));
            }
        }
        return FieldConditions.or(conditions);
    }

    private static Optional<Long> number(String written) {
        return written.matches("\\d{1,18}") ? Optional.of(Long.parseLong(written)) : Optional.empty();
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return sql + " IS NOT NULL";
    }
}
