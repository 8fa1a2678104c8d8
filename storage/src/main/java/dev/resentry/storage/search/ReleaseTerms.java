package dev.resentry.storage.search;

import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which release a row is of; {@code latest} is the newest of its project.
 *
 * @param version the whole version
 * @param project the id of the project
 */
record ReleaseTerms(String version, String project) implements SearchTerms {
    static final String LATEST = "latest";

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        List<String> conditions = new ArrayList<>();
        List<SearchValue.One> named = new ArrayList<>();
        for (SearchValue.One value : term.value().values()) {
            if (term.operator() == SearchOperator.EQUALS && value.written().equals(LATEST)) {
                conditions.add(version + " = " + latest(project, binding));
            } else {
                named.add(value);
            }
        }
        if (!named.isEmpty()) {
            conditions.add(new FieldConditions(binding)
                    .text(
                            version,
                            new SearchNode.Term(
                                    term.key(), term.operator(), new SearchValue.AnyOf(named), term.position())));
        }
        return FieldConditions.or(conditions);
    }

    /**
     * The newest release of a project, by its date, among those that the environments have seen, if some are chosen.
     *
     * @param project what its id is in the SQL
     */
    static String latest(String project, SearchBinding binding) {
        Set<String> environments = binding.context().environments();
        String seen = "";
        if (environments != null) {
            seen = """
                AND (EXISTS (SELECT FROM issue_releases had WHERE had.project_id = r.project_id AND had.release = r.version
                                                           AND had.environment = ANY (%1$s))
                     OR EXISTS (SELECT FROM deployments d WHERE d.release_id = r.id AND d.environment = ANY (%1$s)))
                """.formatted(binding.bind(environments.toArray(String[]::new)));
        }
        // Looked up for each row by an index: of a set of all projects' the planner makes joins that read everything
        // for each issue.
        return """
            (SELECT r.version FROM releases r
             WHERE r.project_id = %s %s
             ORDER BY r.date DESC, r.version COLLATE "C" DESC LIMIT 1)\
            """.formatted(project, seen);
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return version + " <> ''";
    }
}
