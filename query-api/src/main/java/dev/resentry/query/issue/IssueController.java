package dev.resentry.query.issue;

import dev.resentry.model.event.EventId;
import dev.resentry.model.event.Level;
import dev.resentry.model.issue.ShortId;
import dev.resentry.model.issue.state.Substatus;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.Page;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.IssuePosition;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueSort;
import dev.resentry.storage.issue.ListedIssue;
import dev.resentry.storage.issue.StoredIssue;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Issues: lists of them, each on its own, and its status and assignee. */
@NativeApi
@Tag(name = "Issues")
class IssueController {
    /** What counting stops at: a list must not wait for it. */
    private static final int MOST_COUNTED = 10_000;

    private static final int MAX_CAPPED_DAYS = 30;

    private final IssueQueries issues;
    private final EventQueries events;
    private final IssueActivityStore activity;
    private final ProjectSelection projects;
    private final IssueSelection selection;
    private final IssueAnswers answers;
    private final IssueChanges changes;
    private final Searches searches;
    private final InstantSource clock;

    IssueController(
            IssueQueries issues,
            EventQueries events,
            IssueActivityStore activity,
            ProjectSelection projects,
            IssueSelection selection,
            IssueAnswers answers,
            IssueChanges changes,
            Searches searches,
            InstantSource clock) {
        this.issues = issues;
        this.events = events;
        this.activity = activity;
        this.projects = projects;
        this.selection = selection;
        this.answers = answers;
        this.changes = changes;
        this.searches = searches;
        this.clock = clock;
    }

    /**
     * A page of issues.
     *
     * @param next what to send as {@code cursor} for the page behind this one; null if there is none
     * @param total how many issues the filter wants; null behind the first page, if they are more than 10,000, and
     *     if counting what a query finds takes more than two seconds
     */
    record IssuePageResponse(
            List<IssueResponse> results,
            @Nullable String next,
            @Nullable Long total) {}

    /**
     * Lists issues.
     *
     * @param project slugs or ids
     * @param query of the search language, such as {@code is:unresolved browser.name:Safari}
     * @param substatus new, ongoing, regressed and so on
     * @param assignee the id of a user, {@code me} or {@code none}
     * @param start from when on events happened; events and users are counted from then on
     * @param isNew true for those first seen in the last 24 hours
     * @param firstRelease the version of the release in which they are new
     * @param regressedIn the version of the release in which they came back after they were resolved
     * @param release the version of a release of which they have events, in the environments if any are given
     * @param sort last_seen, first_seen, events (in the window, if there is one) or users (of all time), the greatest first
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues")
    IssuePageResponse list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable @WordOf(IssueStatus.class) String status,
            @RequestParam @Nullable @WordOf(Substatus.class) String substatus,
            @RequestParam @Nullable @WordOf(Level.class) String level,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String assignee,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam(name = "is_new") @Nullable Boolean isNew,
            @RequestParam(name = "first_release") @Nullable String firstRelease,
            @RequestParam(name = "regressed_in") @Nullable String regressedIn,
            @RequestParam @Nullable String release,
            @RequestParam @Nullable @WordOf(IssueSort.class) String sort,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        IssueFilter filter = new IssueFilterRequest(
                        project,
                        status,
                        substatus,
                        level,
                        environment,
                        query,
                        assignee,
                        start,
                        end,
                        isNew,
                        firstRelease,
                        regressedIn,
                        release)
                .of(actor, projects, searches);
        IssueSort order = sort(sort);
        IssuePosition behind = IssueCursor.read(order, cursor);
        int most = Cursor.limit(limit);
        Page<ListedIssue> page = searches.bounded(filter.search(), () -> issues.list(filter, order, behind, most));
        List<ListedIssue> entries = page.entries();
        OptionalLong total = cursor == null ? total(filter, page) : OptionalLong.empty();
        return new IssuePageResponse(
                answers.of(entries.stream().map(ListedIssue::issue).toList(), filter),
                page.hasMore() ? IssueCursor.write(order, entries.getLast().position()) : null,
                total.isPresent() ? total.getAsLong() : null);
    }

    /** A first page behind which nothing comes has been counted. */
    private OptionalLong total(IssueFilter filter, Page<ListedIssue> first) {
        return first.hasMore()
                ? searches.counted(filter.search(), () -> issues.count(filter, MOST_COUNTED))
                : OptionalLong.of(first.entries().size());
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}")
    IssueDetailResponse get(@PathVariable long id, Actor actor) {
        return detail(selection.one(actor, id));
    }

    @Allowed(Scope.EVENT_WRITE)
    @PutMapping("/api/v1/issues/{id}")
    IssueDetailResponse change(@PathVariable long id, @RequestBody IssueChangeRequest request, Actor actor) {
        changes.change(actor, selection.one(actor, id), request.change(clock.instant()));
        return get(id, actor);
    }

    /**
     * The issue of a short id.
     *
     * @param id of the issue, or of the one that it was merged into
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ShortIdIssue(long id, String shortId) {}

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/short-ids/{id}")
    ShortIdIssue ofShortId(@PathVariable String id, Actor actor) {
        ShortId wanted = ShortId.parse(id)
                .orElseThrow(() -> ApiException.invalid(
                        "id", "'%s' (expected: a project's slug, a dash and letters, as WEB-1A)".formatted(id)));
        StoredIssue issue = selection.one(actor, wanted.issueId());
        if (!issue.project().slug().equals(wanted.projectSlug())) {
            throw ApiException.notFound("issue", id);
        }
        return new ShortIdIssue(issue.id(), issue.shortId().toString());
    }

    private IssueDetailResponse detail(StoredIssue issue) {
        IssueResponse answer = answers.of(List.of(issue), IssueFilter.ALL).getFirst();
        Map<String, String> metadata = new LinkedHashMap<>();
        if (answer.type() != null) {
            metadata.put("type", answer.type());
        }
        if (answer.value() != null) {
            metadata.put("value", answer.value());
        }
        var status = activity.lastStatus(issue.id()).map(ActivityResponse::of);
        return new IssueDetailResponse(
                answer,
                metadata,
                issues.environments(issue.id()),
                events.oldest(issue.id()).map(EventId::toString).orElse(null),
                events.latest(issue.id()).map(EventId::toString).orElse(null),
                events.cappedDays(issue.id(), MAX_CAPPED_DAYS).stream()
                        .map(CappedDayResponse::of)
                        .toList(),
                status.map(ActivityResponse::at).orElse(null),
                status.map(ActivityResponse::actor).orElse(null));
    }

    private static IssueSort sort(@Nullable String wanted) {
        if (wanted == null) {
            return IssueSort.LAST_SEEN;
        }
        return Arrays.stream(IssueSort.values())
                .filter(sort -> sort.wireName().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid(
                        "sort", "'%s' (expected: last_seen, first_seen, events or users)".formatted(wanted)));
    }
}
