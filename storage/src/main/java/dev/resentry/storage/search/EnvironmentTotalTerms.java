package dev.resentry.storage.search;

import dev.resentry.model.search.SearchNode;
import java.util.List;
import java.util.Set;

/**
 * A total of an issue, or what it is in the chosen environments: those are counted by hours, so that times are true to the hour.
 *
 * @param column the total of all environments
 * @param inEnvironments an aggregate of {@code issue_hours h}
 */
record EnvironmentTotalTerms(SearchKind kind, String column, String inEnvironments) implements SearchTerms {

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        return new FieldConditions(binding).matches(kind, List.of(), sql(binding), term);
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return sql(binding) + " IS NOT NULL";
    }

    private String sql(SearchBinding binding) {
        Set<String> environments = binding.context().environments();
        return environments == null
                ? column
                : "(SELECT %s FROM issue_hours h WHERE h.issue_id = i.id AND h.environment = ANY (%s))"
                        .formatted(inEnvironments, binding.bind(environments.toArray(String[]::new)));
    }
}
