package dev.resentry.query.issue;

import dev.resentry.model.issue.ShortId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.StoredIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Finds the issues that callers name, one or many, as far as they see them. */
public final class IssueSelection {
    /** How many issues one request may change. */
    public static final int MOST = 10_000;

    private final IssueQueries issues;
    private final ProjectSelection projects;
    private final Searches searches;

    IssueSelection(IssueQueries issues, ProjectSelection projects, Searches searches) {
        this.issues = issues;
        this.projects = projects;
        this.searches = searches;
    }

    /**
     * The issue of an id.
     *
     * @throws ApiException not found, if the actor sees no such issue
     */
    public StoredIssue one(Actor actor, long id) {
        return issues.find(id)
                .filter(issue -> projects.of(actor).contains(issue.project().id()))
                .orElseThrow(() -> ApiException.notFound("issue", id));
    }

    /**
     * The issue that somebody names.
     *
     * @param name its id, or its short id such as {@code WEB-1A}
     * @throws ApiException not found, if the actor sees no such issue
     */
    public StoredIssue named(Actor actor, String name) {
        if (name.matches("\\d{1,18}")) {
            return one(actor, Long.parseLong(name));
        }
        ShortId wanted = ShortId.parse(name)
                .orElseThrow(() -> ApiException.invalid(
                        "issue", "'%s' (expected: an id, or a short id such as WEB-1A)".formatted(name)));
        StoredIssue issue = one(actor, wanted.issueId());
        if (!issue.project().slug().equals(wanted.projectSlug())) {
            throw ApiException.notFound("issue", name);
        }
        return issue;
    }

    /**
     * Issues by id or by a filter, of which one is given, by the id of their project. Ids that are nothing to the actor are passed over.
     *
     * @throws ApiException if both or neither is given, or if they are too many for one request
     */
    public SortedMap<Long, List<Long>> many(
            Actor actor, @Nullable List<Long> ids, @Nullable IssueFilterRequest filter) {
        if ((ids == null) == (filter == null)) {
            throw ApiException.invalid("ids", "expected: either ids or a filter");
        }
        List<Long> wanted = new ArrayList<>();
        if (ids != null) {
            wanted.addAll(ids);
        } else if (filter != null) {
            IssueFilter found = filter.of(actor, projects, searches);
            wanted.addAll(searches.bounded(found.search(), () -> issues.ids(found, MOST + 1)));
        }
        if (wanted.size() > MOST) {
            throw ApiException.invalid(
                    ids == null ? "filter" : "ids",
                    "more than %d issues (expected: at most that many)".formatted(MOST));
        }
        return issues.byProject(wanted, projects.of(actor));
    }
}
