package dev.resentry.query.program;

import dev.resentry.model.event.Level;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.issue.IssueChangeRequest;
import dev.resentry.query.issue.IssueChanges;
import dev.resentry.query.issue.IssueCursor;
import dev.resentry.query.issue.IssueFilterRequest;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.issue.IssueStatus;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.IssuePosition;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueSort;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** Issues in a flat form, the one seen last first. */
@NativeApi
@Tag(name = "Issues for programs")
class ProgramIssueController {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final IssueSort SORT = IssueSort.LAST_SEEN;

    private final IssueQueries issues;
    private final IssueSelection selection;
    private final IssueChanges changes;
    private final ProjectSelection projects;
    private final Searches searches;

    ProgramIssueController(
            IssueQueries issues,
            IssueSelection selection,
            IssueChanges changes,
            ProjectSelection projects,
            Searches searches) {
        this.issues = issues;
        this.selection = selection;
        this.changes = changes;
        this.projects = projects;
        this.searches = searches;
    }

    /**
     * Lists issues.
     *
     * @param project slugs or ids
     * @param query of the search language, such as {@code is:unresolved browser.name:Safari}
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping({"/issues", "/api/groups"})
    PageResponse<ProgramIssueResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable @WordOf(IssueStatus.class) String status,
            @RequestParam @Nullable @WordOf(Level.class) String level,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        return answer(
                new IssueFilterRequest(
                        project, status, null, level, environment, query, null, null, null, null, null, null, null),
                cursor,
                limit,
                actor);
    }

    /**
     * Lists issues of a project.
     *
     * @param project its slug or id
     * @param query of the search language, such as {@code is:unresolved browser.name:Safari}
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/projects/{organization}/{project}/issues")
    PageResponse<ProgramIssueResponse> ofProject(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam @Nullable @WordOf(IssueStatus.class) String status,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        String named = projects.one(actor, organization, project).slug();
        return answer(
                new IssueFilterRequest(
                        List.of(named), status, null, null, null, query, null, null, null, null, null, null, null),
                cursor,
                limit,
                actor);
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/issues/{id}")
    ProgramIssueResponse get(@PathVariable long id, Actor actor) {
        return ProgramIssueResponse.of(selection.one(actor, id));
    }

    @Allowed(Scope.EVENT_WRITE)
    @PutMapping("/issues/{id}")
    ProgramIssueResponse change(@PathVariable long id, @RequestBody IssueChangeRequest request, Actor actor) {
        changes.change(actor, selection.one(actor, id), request.change(CLOCK.instant()));
        return get(id, actor);
    }

    private PageResponse<ProgramIssueResponse> answer(
            IssueFilterRequest request, @Nullable String cursor, @Nullable Integer limit, Actor actor) {
        IssueFilter filter = request.of(actor, projects, searches);
        IssuePosition behind = IssueCursor.read(SORT, cursor);
        int most = Cursor.limit(limit);
        return PageResponse.of(
                searches.bounded(filter.search(), () -> issues.list(filter, SORT, behind, most)),
                listed -> ProgramIssueResponse.of(listed.issue()),
                last -> IssueCursor.write(SORT, last.position()));
    }
}
