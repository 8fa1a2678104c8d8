package dev.resentry.storage.search;

import dev.resentry.model.release.SemanticVersion;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchValue;

/**
 * The semantic version of the release that a row is of, without package and build.
 *
 * @param version the whole version
 * @param project the id of the project
 */
record ReleaseVersionTerms(String version, String project) implements SearchTerms {
    private static final String EXPECTED = "a version such as 1.2.3 or 2.0.0-rc.1, or one with wildcards";

    /** A package may begin with an @. */
    private static final String SHORT = "split_part(regexp_replace(r.version, '^.[^@]*@', ''), '+', 1)";

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        return FieldConditions.any(term, value -> one(term, value, binding));
    }

    private String one(SearchNode.Term term, SearchValue.One value, SearchBinding binding) {
        if (term.operator() == SearchOperator.EQUALS && value.written().isEmpty()) {
            return "NOT " + isPresent(binding);
        }
        boolean isPattern = !value.pattern().isLiteral() || isInfix(term.operator());
        return ofRelease(
                isPattern
                        ? new FieldConditions(binding)
                                .text(SHORT, new SearchNode.Term(term.key(), term.operator(), value, term.position()))
                        : compared(term, value, binding));
    }

    private static boolean isInfix(SearchOperator operator) {
        return operator != SearchOperator.EQUALS && !operator.isComparison();
    }

    /** Builds of a version begin with its key, and are equal to it here. */
    private static String compared(SearchNode.Term term, SearchValue.One value, SearchBinding binding) {
        SemanticVersion wanted =
                SemanticVersion.parse(value.written()).orElseThrow(() -> SearchFaults.value(term, value, EXPECTED));
        String key = binding.bind(new SemanticVersion(
                        wanted.major(), wanted.minor(), wanted.patch(), wanted.revision(), wanted.pre(), null)
                .sortKey());
        String isEqual = "starts_with(r.sort_key, %s)".formatted(key);
        return switch (term.operator()) {
            case GREATER -> "(r.sort_key > %s AND NOT %s)".formatted(key, isEqual);
            case GREATER_OR_EQUAL -> "r.sort_key >= " + key;
            case LESS -> "r.sort_key < " + key;
            case LESS_OR_EQUAL -> "(r.sort_key < %s OR %s)".formatted(key, isEqual);
            case EQUALS, CONTAINS, STARTS_WITH, ENDS_WITH -> isEqual;
        };
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return ofRelease("true");
    }

    private String ofRelease(String condition) {
        // One look by its key for each row, whatever the planner thinks of joins.
        return "coalesce((SELECT %s FROM releases r WHERE r.project_id = %s AND r.version = %s AND r.sort_key <> ''), false)"
                .formatted(condition, project, version);
    }
}
