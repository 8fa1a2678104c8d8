package dev.resentry.storage.search;

import dev.resentry.model.search.SearchNode;

/** In which releases an issue came back after it was resolved. */
final class RegressionTerms implements SearchTerms {

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        return activity(new ReleaseTerms("(a.data ->> 'release')", "a.project_id").matches(term, binding));
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return activity("true");
    }

    private static String activity(String condition) {
        return "EXISTS (SELECT FROM issue_activities a WHERE a.issue_id = i.id AND a.kind = 'regression' AND %s)"
                .formatted(condition);
    }
}
