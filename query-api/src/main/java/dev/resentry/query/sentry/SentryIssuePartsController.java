package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.issue.IssueComments;
import dev.resentry.query.issue.IssueMerges;
import dev.resentry.query.page.Cursor;
import dev.resentry.storage.Page;
import dev.resentry.storage.issue.IssueActivityEntry;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.merge.IssueHashQueries;
import dev.resentry.storage.rollup.RollupQueries;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What an issue has: activity, comments, tags, hashes. */
@SentryApi
class SentryIssuePartsController {
    private static final String ISSUE = SentryIssueController.ISSUE;
    private static final int TOP_VALUES = 10;
    private static final int MOST_VALUES = 1_000;

    private final IssueActivityStore activity;
    private final IssueComments comments;
    private final IssueMerges merges;
    private final IssueHashQueries hashes;
    private final RollupQueries rollups;
    private final SentryIssues issues;
    private final SentrySelection where;

    SentryIssuePartsController(
            IssueActivityStore activity,
            IssueComments comments,
            IssueMerges merges,
            IssueHashQueries hashes,
            RollupQueries rollups,
            SentryIssues issues,
            SentrySelection where) {
        this.activity = activity;
        this.comments = comments;
        this.merges = merges;
        this.hashes = hashes;
        this.rollups = rollups;
        this.issues = issues;
        this.where = where;
    }

    /** All activity in one object. */
    record Activities(List<SentryActivity> activity) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Note(@Nullable String text) {
        String given() {
            if (text == null || text.isBlank() || text.length() > IssueComments.MAX_TEXT) {
                throw ApiException.invalid(
                        "text",
                        "%d characters (expected: 1 to %d)"
                                .formatted(text == null ? 0 : text.strip().length(), IssueComments.MAX_TEXT));
            }
            return text;
        }
    }

    /** A hash by which events belong to the issue. */
    record SentryHash(String id, LatestEvent latestEvent) {}

    record LatestEvent(String id, String eventID, String title) {}

    @Allowed(Scope.EVENT_READ)
    @GetMapping(ISSUE + "/activities")
    Activities activities(@PathVariable String organization, @PathVariable String issue, Actor actor) {
        StoredIssue found = one(actor, organization, issue);
        return new Activities(Stream.concat(
                        activity.activity(found.id(), Long.MAX_VALUE, SentryLinks.MOST).entries().stream()
                                .map(SentryActivity::of),
                        Stream.of(SentryActivity.firstSeen(found)))
                .toList());
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping({ISSUE + "/notes", ISSUE + "/comments"})
    ResponseEntity<List<SentryActivity>> notes(
            @PathVariable String organization,
            @PathVariable String issue,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        StoredIssue found = one(actor, organization, issue);
        Page<IssueActivityEntry> page =
                activity.comments(found.id(), Cursor.beforeId(SentryLinks.cursor(cursor)), SentryLinks.size(perPage));
        return SentryLinks.page(
                page.entries().stream().map(SentryActivity::of).toList(),
                page.hasMore()
                        ? Cursor.write(
                                page.entries().getLast().at(),
                                page.entries().getLast().id())
                        : null);
    }

    @Allowed(Scope.EVENT_WRITE)
    @PostMapping({ISSUE + "/notes", ISSUE + "/comments"})
    @ResponseStatus(HttpStatus.CREATED)
    SentryActivity addNote(
            @PathVariable String organization, @PathVariable String issue, @RequestBody Note note, Actor actor) {
        return SentryActivity.of(comments.add(actor, one(actor, organization, issue), note.given()));
    }

    @Allowed(Scope.EVENT_WRITE)
    @PutMapping({ISSUE + "/notes/{note}", ISSUE + "/comments/{note}"})
    SentryActivity editNote(
            @PathVariable String organization,
            @PathVariable String issue,
            @PathVariable long note,
            @RequestBody Note request,
            Actor actor) {
        return SentryActivity.of(comments.edit(actor, one(actor, organization, issue), note, request.given()));
    }

    @Allowed(Scope.EVENT_WRITE)
    @DeleteMapping({ISSUE + "/notes/{note}", ISSUE + "/comments/{note}"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeNote(
            @PathVariable String organization, @PathVariable String issue, @PathVariable long note, Actor actor) {
        comments.remove(actor, one(actor, organization, issue), note);
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping(ISSUE + "/tags")
    List<SentryTag> tags(@PathVariable String organization, @PathVariable String issue, Actor actor) {
        return rollups.tags(one(actor, organization, issue).id(), TOP_VALUES).stream()
                .filter(tag -> !tag.key().isEmpty())
                .map(tag -> SentryTag.of(tag, TOP_VALUES))
                .toList();
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping(ISSUE + "/tags/{key}")
    SentryTag tag(
            @PathVariable String organization, @PathVariable String issue, @PathVariable String key, Actor actor) {
        return tag(one(actor, organization, issue), key, TOP_VALUES);
    }

    /** @param sort -count, -date, or -age, which is as -date here */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(ISSUE + "/tags/{key}/values")
    ResponseEntity<List<SentryTag.Value>> values(
            @PathVariable String organization,
            @PathVariable String issue,
            @PathVariable String key,
            @RequestParam @Nullable String sort,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        List<SentryTag.Value> values =
                tag(one(actor, organization, issue), key, MOST_VALUES).topValues();
        boolean byTime = sort != null && !sort.isEmpty() && !sort.equals("-count");
        return SentryLinks.part(
                byTime
                        ? values.stream()
                                .sorted(Comparator.comparing(
                                        SentryTag.Value::lastSeen, Comparator.nullsFirst(Comparator.reverseOrder())))
                                .toList()
                        : values,
                perPage,
                cursor);
    }

    private SentryTag tag(StoredIssue issue, String key, int top) {
        return rollups.tags(issue.id(), MOST_VALUES).stream()
                .filter(tag -> tag.key().equals(key))
                .map(tag -> SentryTag.of(tag, top))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("tag", key));
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping(ISSUE + "/hashes")
    ResponseEntity<List<SentryHash>> hashes(
            @PathVariable String organization,
            @PathVariable String issue,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        return SentryLinks.part(
                hashes.ofIssue(one(actor, organization, issue).id()).stream()
                        .map(used -> new SentryHash(
                                used.hash(),
                                new LatestEvent(
                                        used.latest().toString(), used.latest().toString(), used.title())))
                        .toList(),
                perPage,
                cursor);
    }

    /** Takes hashes out of an issue: a new issue has them and their events. */
    @Allowed(Scope.EVENT_WRITE)
    @DeleteMapping(ISSUE + "/hashes")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void unmerge(
            @PathVariable String organization, @PathVariable String issue, @RequestParam List<String> id, Actor actor) {
        merges.unmerge(actor, one(actor, organization, issue), id);
    }

    private StoredIssue one(Actor actor, String organization, String issue) {
        where.organization(organization);
        return issues.one(actor, issue);
    }
}
