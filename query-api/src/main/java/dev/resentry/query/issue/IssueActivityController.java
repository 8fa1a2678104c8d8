package dev.resentry.query.issue;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.Page;
import dev.resentry.storage.issue.IssueActivityEntry;
import dev.resentry.storage.issue.IssueActivityStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Who did what with an issue, the last first, and what people write about it. */
@NativeApi
@Tag(name = "Issues")
class IssueActivityController {
    private final IssueActivityStore store;
    private final IssueSelection selection;
    private final IssueComments comments;

    IssueActivityController(IssueActivityStore store, IssueSelection selection, IssueComments comments) {
        this.store = store;
        this.selection = selection;
        this.comments = comments;
    }

    record CommentText(
            @NotBlank @Size(max = IssueComments.MAX_TEXT) String text) {}

    /** Lists what was done, comments too. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}/activity")
    PageResponse<ActivityResponse> activity(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        long issue = selection.one(actor, id).id();
        return answer(store.activity(issue, Cursor.beforeId(cursor), Cursor.limit(limit)));
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}/comments")
    PageResponse<ActivityResponse> comments(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        long issue = selection.one(actor, id).id();
        return answer(store.comments(issue, Cursor.beforeId(cursor), Cursor.limit(limit)));
    }

    @Allowed(Scope.EVENT_WRITE)
    @PostMapping("/api/v1/issues/{id}/comments")
    @ResponseStatus(HttpStatus.CREATED)
    ActivityResponse comment(@PathVariable long id, @Valid @RequestBody CommentText request, Actor actor) {
        return ActivityResponse.of(comments.add(actor, selection.one(actor, id), request.text()));
    }

    /** Changes a comment of one's own. */
    @Allowed(Scope.EVENT_WRITE)
    @PatchMapping("/api/v1/issues/{id}/comments/{comment}")
    ActivityResponse edit(
            @PathVariable long id, @PathVariable long comment, @Valid @RequestBody CommentText request, Actor actor) {
        return ActivityResponse.of(comments.edit(actor, selection.one(actor, id), comment, request.text()));
    }

    /** Removes a comment: one's own, or, with the scope {@code event:admin}, anybody's. */
    @Allowed(Scope.EVENT_WRITE)
    @DeleteMapping("/api/v1/issues/{id}/comments/{comment}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id, @PathVariable long comment, Actor actor) {
        comments.remove(actor, selection.one(actor, id), comment);
    }

    private static PageResponse<ActivityResponse> answer(Page<IssueActivityEntry> page) {
        return PageResponse.of(page, ActivityResponse::of, last -> Cursor.write(last.at(), last.id()));
    }
}
