package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.feedback.FeedbackFilter;
import dev.resentry.storage.feedback.FeedbackQueries;
import dev.resentry.storage.feedback.StoredFeedback;
import dev.resentry.storage.issue.StoredIssue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What people say about programs. */
@SentryApi
class SentryFeedbackController {
    private final FeedbackQueries feedback;
    private final SentryIssues issues;
    private final SentrySelection where;

    SentryFeedbackController(FeedbackQueries feedback, SentryIssues issues, SentrySelection where) {
        this.feedback = feedback;
        this.issues = issues;
        this.where = where;
    }

    /** @param event the one that it is about; itself if it is about none */
    record UserReport(
            String id,
            String eventID,
            @Nullable String name,
            @Nullable String email,
            String comments,
            Instant dateCreated,
            @Nullable Object user,
            EventName event) {
        static UserReport of(StoredFeedback stored) {
            String about = (stored.aboutEvent() == null ? stored.id() : stored.aboutEvent()).toString();
            return new UserReport(
                    stored.id().toString(),
                    about,
                    stored.name(),
                    stored.email(),
                    stored.message(),
                    stored.occurredAt(),
                    null,
                    new EventName(about, about));
        }
    }

    record EventName(String id, String eventID) {}

    @Allowed(Scope.EVENT_READ)
    @GetMapping(SentryIssueController.ISSUE + "/user-reports")
    ResponseEntity<List<UserReport>> ofIssue(
            @PathVariable String organization,
            @PathVariable String issue,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        where.organization(organization);
        StoredIssue found = issues.one(actor, issue);
        return page(FeedbackFilter.ofIssue(found.projectId(), found.id()), perPage, cursor);
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping({
        "/api/0/projects/{organization}/{project}/user-feedback",
        "/api/0/projects/{organization}/{project}/user-reports"
    })
    ResponseEntity<List<UserReport>> ofProject(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        VisibleProjects of = where.where(actor, organization, project);
        return page(new FeedbackFilter(of, null, null, null, null, null, null, null), perPage, cursor);
    }

    private ResponseEntity<List<UserReport>> page(
            FeedbackFilter filter, @Nullable Integer perPage, @Nullable String cursor) {
        Page<StoredFeedback> page =
                feedback.list(filter, Cursor.position(SentryLinks.cursor(cursor)), SentryLinks.size(perPage));
        return SentryLinks.page(
                page.entries().stream().map(UserReport::of).toList(),
                page.hasMore()
                        ? Cursor.write(
                                page.entries().getLast().receivedAt(),
                                page.entries().getLast().id().value())
                        : null);
    }
}
