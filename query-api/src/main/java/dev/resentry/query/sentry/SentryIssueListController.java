package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.issue.IssueChanges;
import dev.resentry.query.issue.IssueCursor;
import dev.resentry.query.issue.IssueMerges;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.Page;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.IssuePosition;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueSort;
import dev.resentry.storage.issue.ListedIssue;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.merge.IssueMerge.Started;
import dev.resentry.storage.user.UserStore;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Lists of issues, and what is done with many of them at once; each path for the organization and for a project. */
@SentryApi
class SentryIssueListController {
    private static final String OF_ORGANIZATION = "/api/0/organizations/{organization}/issues";
    private static final String OF_PROJECT = "/api/0/projects/{organization}/{project}/issues";
    private static final String DIRECT_HIT = "X-Sentry-Direct-Hit";

    private final IssueQueries queries;
    private final IssueSelection selection;
    private final IssueChanges changes;
    private final IssueMerges merges;
    private final SentryIssues issues;
    private final SentrySelection where;
    private final Searches searches;
    private final UserStore users;
    private final InstantSource clock;

    SentryIssueListController(
            IssueQueries queries,
            IssueSelection selection,
            IssueChanges changes,
            IssueMerges merges,
            SentryIssues issues,
            SentrySelection where,
            Searches searches,
            UserStore users,
            InstantSource clock) {
        this.queries = queries;
        this.selection = selection;
        this.changes = changes;
        this.merges = merges;
        this.issues = issues;
        this.where = where;
        this.searches = searches;
        this.users = users;
        this.clock = clock;
    }

    /** Without a query those that are unresolved; the id of an event, or a short id if that is said, finds its issue alone. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(OF_ORGANIZATION)
    ResponseEntity<List<SentryIssue>> ofOrganization(
            @PathVariable String organization,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            @RequestParam @Nullable String groupStatsPeriod,
            @RequestParam @Nullable String shortIdLookup,
            @RequestParam @Nullable String sort,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        String slug = where.organization(organization).slug();
        if (query != null) {
            ResponseEntity<List<SentryIssue>> hit =
                    directHit(actor, slug, query.strip(), "1".equals(shortIdLookup) || "true".equals(shortIdLookup));
            if (hit != null) {
                return hit;
            }
        }
        SentryWindow window = SentryWindow.of(statsPeriod, start, end, clock.instant());
        return page(actor, slug, project, environment, query, window, groupStatsPeriod, sort, cursor, limit);
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping(OF_PROJECT)
    ResponseEntity<List<SentryIssue>> ofProject(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            @RequestParam @Nullable String sort,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        String slug = where.organization(organization).slug();
        // Here the period is one of statistics alone, unless a time is named.
        boolean ofStatistics = "24h".equals(statsPeriod) || "14d".equals(statsPeriod) || "".equals(statsPeriod);
        SentryWindow window = SentryWindow.of(ofStatistics ? null : statsPeriod, start, end, clock.instant());
        return page(
                actor,
                slug,
                List.of(where.project(actor, organization, project).slug()),
                environment,
                query,
                window,
                ofStatistics ? statsPeriod : null,
                sort,
                cursor,
                limit);
    }

    private @Nullable ResponseEntity<List<SentryIssue>> directHit(
            Actor actor, String organization, String query, boolean byShortId) {
        Optional<StoredEvent> event = issues.event(actor, query);
        if (event.isPresent()) {
            StoredIssue issue = selection.one(actor, event.get().issueId());
            return hit(issues.answer(issue, organization, event.get().id().toString()));
        }
        return byShortId
                ? issues.ofShortId(actor, query)
                        .map(issue -> hit(issues.answer(issue, organization, null)))
                        .orElse(null)
                : null;
    }

    private static ResponseEntity<List<SentryIssue>> hit(SentryIssue issue) {
        ResponseEntity<List<SentryIssue>> page = SentryLinks.page(List.of(issue), null);
        return ResponseEntity.ok()
                .headers(page.getHeaders())
                .header(DIRECT_HIT, "1")
                .body(List.of(issue));
    }

    private ResponseEntity<List<SentryIssue>> page(
            Actor actor,
            String organization,
            @Nullable List<String> project,
            @Nullable List<String> environment,
            @Nullable String query,
            SentryWindow window,
            @Nullable String period,
            @Nullable String sort,
            @Nullable String cursor,
            @Nullable Integer limit) {
        IssueFilter filter = issues.filter(SentryIssues.wanted(project, environment, query, window), actor);
        IssueSort order = order(sort);
        IssuePosition behind = IssueCursor.read(order, SentryLinks.cursor(cursor));
        Page<ListedIssue> page =
                searches.bounded(filter.search(), () -> queries.list(filter, order, behind, SentryLinks.size(limit)));
        return SentryLinks.page(
                issues.answers(
                        page.entries().stream().map(ListedIssue::issue).toList(), filter, organization, period, null),
                page.hasMore()
                        ? IssueCursor.write(order, page.entries().getLast().position())
                        : null);
    }

    /** Orders of other trackers that are not known here are the nearest of those that are. */
    private static IssueSort order(@Nullable String sort) {
        return switch (sort) {
            case null -> IssueSort.LAST_SEEN;
            case "", "date", "recommended", "inbox" -> IssueSort.LAST_SEEN;
            case "new" -> IssueSort.FIRST_SEEN;
            case "freq", "trends", "priority" -> IssueSort.EVENTS;
            case "user" -> IssueSort.USERS;
            default ->
                throw ApiException.invalid(
                        "sort", "'%s' (expected: date, new, freq, user, trends, recommended or inbox)".formatted(sort));
        };
    }

    /** Changes or merges issues of some ids, or all that a query wants; 204 if there is none. */
    @Allowed(Scope.EVENT_WRITE)
    @PutMapping({OF_ORGANIZATION, OF_PROJECT})
    ResponseEntity<Map<String, @Nullable Object>> change(
            @PathVariable String organization,
            @PathVariable(required = false, name = "project") @Nullable String ofProject,
            @RequestParam @Nullable List<Long> id,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String status,
            @RequestBody SentryIssueUpdate request,
            Actor actor) {
        String wanted = query == null && status != null ? "is:" + status : query;
        SortedMap<Long, List<Long>> chosen = chosen(actor, organization, ofProject, id, project, environment, wanted);
        if (chosen.isEmpty()) {
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok(
                request.wantsMerge() ? merged(actor, chosen, request) : changed(actor, chosen, request));
    }

    private Map<String, @Nullable Object> merged(
            Actor actor, SortedMap<Long, List<Long>> chosen, SentryIssueUpdate request) {
        List<Long> ids = chosen.values().stream().flatMap(List::stream).toList();
        Long parent = Optional.ofNullable(request.merge())
                .map(merge -> merge.path("parent").asString(""))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElse(null);
        Started started = merges.merge(actor, chosen, parent);
        return Map.of(
                "merge",
                Map.of(
                        "parent",
                        String.valueOf(started.issueId()),
                        "children",
                        ids.stream()
                                .filter(one -> one != started.issueId())
                                .map(String::valueOf)
                                .toList()));
    }

    private Map<String, @Nullable Object> changed(
            Actor actor, SortedMap<Long, List<Long>> chosen, SentryIssueUpdate request) {
        List<Long> ids = chosen.values().stream().flatMap(List::stream).toList();
        changes.change(actor, ids, request.change(clock.instant(), users));
        SentryIssue one = issues.answer(
                selection.one(actor, ids.getFirst()),
                where.organization(SentrySelection.ORGANIZATION_ID).slug(),
                null);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        if (request.status() != null) {
            answer.put("status", one.status());
            answer.put("statusDetails", one.statusDetails());
            answer.put("substatus", one.substatus());
            answer.put("inbox", null);
        }
        if (request.assignedTo() != null) {
            answer.put("assignedTo", one.assignedTo());
        }
        if (request.priority() != null) {
            answer.put("priority", one.priority());
        }
        return answer;
    }

    /** Deletes issues of some ids, or all that a query wants, which has to be said; a job removes their events. */
    @Allowed(Scope.EVENT_ADMIN)
    @DeleteMapping({OF_ORGANIZATION, OF_PROJECT})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String organization,
            @PathVariable(required = false, name = "project") @Nullable String ofProject,
            @RequestParam @Nullable List<Long> id,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            Actor actor) {
        if (id == null && query == null) {
            throw ApiException.invalid("id", "missing (expected: ids, or a query)");
        }
        chosen(actor, organization, ofProject, id, project, environment, query)
                .forEach((of, ids) -> changes.delete(actor, of, ids));
    }

    private SortedMap<Long, List<Long>> chosen(
            Actor actor,
            String organization,
            @Nullable String ofProject,
            @Nullable List<Long> id,
            @Nullable List<String> project,
            @Nullable List<String> environment,
            @Nullable String query) {
        where.organization(organization);
        if (id != null) {
            SortedMap<Long, List<Long>> found = new TreeMap<>(selection.many(actor, id, null));
            if (ofProject != null) {
                long only = where.project(actor, organization, ofProject).id();
                found.keySet().removeIf(one -> one != only);
            }
            return found;
        }
        return selection.many(
                actor,
                null,
                SentryIssues.wanted(
                        ofProject == null ? project : List.of(ofProject),
                        environment,
                        query,
                        new SentryWindow(null, null)));
    }
}
