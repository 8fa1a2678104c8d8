package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.resentry.model.issue.ShortId;
import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.issue.IssueChanges;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.storage.feedback.FeedbackFilter;
import dev.resentry.storage.feedback.FeedbackQueries;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.user.UserStore;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** An issue, by its id or its short id. */
@SentryApi
class SentryIssueController {
    static final String ISSUE = "/api/0/organizations/{organization}/issues/{issue}";

    /** As it was before organizations stood in front; without one of them. */
    static final String PLAIN = "/api/0/issues/{issue}";

    private static final int ACTIVITIES = 100;
    private static final int TAGS_SHOWN = 4;

    private final IssueSelection selection;
    private final IssueChanges changes;
    private final IssueActivityStore activity;
    private final RollupQueries rollups;
    private final FeedbackQueries feedback;
    private final SentryIssues issues;
    private final SentrySelection where;
    private final UserStore users;
    private final InstantSource clock;

    SentryIssueController(
            IssueSelection selection,
            IssueChanges changes,
            IssueActivityStore activity,
            RollupQueries rollups,
            FeedbackQueries feedback,
            SentryIssues issues,
            SentrySelection where,
            UserStore users,
            InstantSource clock) {
        this.selection = selection;
        this.changes = changes;
        this.activity = activity;
        this.rollups = rollups;
        this.feedback = feedback;
        this.issues = issues;
        this.where = where;
        this.users = users;
        this.clock = clock;
    }

    /** An issue with what was done with it. */
    record SentryIssueDetail(
            @JsonUnwrapped SentryIssue issue,
            List<SentryActivity> activity,
            List<SentryTag> tags,
            @Nullable ReleaseName firstRelease,
            @Nullable ReleaseName lastRelease,
            List<String> participants,
            List<String> seenBy,
            List<String> pluginActions,
            List<String> pluginIssues,
            List<String> pluginContexts,
            long userReportCount) {}

    /** A release by its version. */
    record ReleaseName(String version, String shortVersion) {}

    /** The issue of a short id. */
    record ShortIdAnswer(
            String organizationSlug, String projectSlug, String groupId, SentryIssueDetail group, String shortId) {}

    @Allowed(Scope.EVENT_READ)
    @GetMapping({ISSUE, PLAIN})
    SentryIssueDetail get(
            @PathVariable(required = false) @Nullable String organization, @PathVariable String issue, Actor actor) {
        return detail(slug(organization), issues.one(actor, issue));
    }

    @Allowed(Scope.EVENT_WRITE)
    @PutMapping({ISSUE, PLAIN})
    SentryIssueDetail change(
            @PathVariable(required = false) @Nullable String organization,
            @PathVariable String issue,
            @RequestBody SentryIssueUpdate request,
            Actor actor) {
        String slug = slug(organization);
        StoredIssue found = issues.one(actor, issue);
        if (request.wantsMerge()) {
            throw ApiException.invalid("merge", "of one issue (expected: several, in the list's request)");
        }
        changes.change(actor, found, request.change(clock.instant(), users));
        return detail(slug, selection.one(actor, found.id()));
    }

    /** Deletes an issue at once; a job removes its events. */
    @Allowed(Scope.EVENT_ADMIN)
    @DeleteMapping({ISSUE, PLAIN})
    @ResponseStatus(HttpStatus.ACCEPTED)
    void delete(
            @PathVariable(required = false) @Nullable String organization, @PathVariable String issue, Actor actor) {
        slug(organization);
        StoredIssue found = issues.one(actor, issue);
        changes.delete(actor, found.projectId(), List.of(found.id()));
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/0/organizations/{organization}/shortids/{shortId}")
    ShortIdAnswer ofShortId(@PathVariable String organization, @PathVariable String shortId, Actor actor) {
        String slug = slug(organization);
        StoredIssue issue = ShortId.parse(shortId)
                .flatMap(_ -> issues.ofShortId(actor, shortId))
                .orElseThrow(() -> ApiException.notFound("issue", shortId));
        return new ShortIdAnswer(
                slug,
                issue.project().slug(),
                String.valueOf(issue.id()),
                detail(slug, issue),
                issue.shortId().toString());
    }

    private String slug(@Nullable String organization) {
        return where.organization(organization == null ? SentrySelection.ORGANIZATION_ID : organization)
                .slug();
    }

    private SentryIssueDetail detail(String organization, StoredIssue issue) {
        return new SentryIssueDetail(
                issues.answer(issue, organization, null),
                Stream.concat(
                                activity.activity(issue.id(), Long.MAX_VALUE, ACTIVITIES).entries().stream()
                                        .map(SentryActivity::of),
                                Stream.of(SentryActivity.firstSeen(issue)))
                        .toList(),
                rollups.tags(issue.id(), TAGS_SHOWN).stream()
                        .filter(tag -> !tag.key().isEmpty())
                        .map(tag -> SentryTag.of(tag, TAGS_SHOWN))
                        .toList(),
                release(issue.firstRelease()),
                release(issue.lastRelease()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                feedback.counts(FeedbackFilter.ofIssue(issue.projectId(), issue.id())).values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    private static @Nullable ReleaseName release(@Nullable String version) {
        return version == null
                ? null
                : new ReleaseName(version, ReleaseVersion.parse(version).shortForm());
    }
}
