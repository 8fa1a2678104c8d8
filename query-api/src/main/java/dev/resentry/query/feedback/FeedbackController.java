package dev.resentry.query.feedback;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.envelope.AttachmentFiles;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.event.AttachmentDownload;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.attachment.StoredAttachment;
import dev.resentry.storage.feedback.FeedbackFilter;
import dev.resentry.storage.feedback.FeedbackQueries;
import dev.resentry.storage.feedback.FeedbackStatus;
import dev.resentry.storage.feedback.StoredFeedback;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.search.BoundedReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What people say about programs, by their own forms or by the dialog after an error. */
@NativeApi
@Tag(name = "Feedback")
class FeedbackController {
    /** As much is changed at once. */
    private static final int MOST = 500;

    private final FeedbackQueries queries;
    private final FeedbackChanges changes;
    private final AttachmentQueries attachments;
    private final AttachmentFiles files;
    private final IssueSelection issues;
    private final ProjectSelection projects;
    private final BoundedReads reads;
    private final Duration timeout;

    FeedbackController(
            FeedbackQueries queries,
            FeedbackChanges changes,
            AttachmentQueries attachments,
            AttachmentFiles files,
            IssueSelection issues,
            ProjectSelection projects,
            BoundedReads reads,
            Duration timeout) {
        this.queries = queries;
        this.changes = changes;
        this.attachments = attachments;
        this.files = files;
        this.issues = issues;
        this.projects = projects;
        this.reads = reads;
        this.timeout = timeout;
    }

    /** How much there is of each status. */
    @Schema(name = "FeedbackCounts")
    record Counts(long unresolved, long resolved, long ignored, long spam) {
        static Counts of(Map<FeedbackStatus, Long> counts) {
            return new Counts(
                    counts.getOrDefault(FeedbackStatus.UNRESOLVED, 0L),
                    counts.getOrDefault(FeedbackStatus.RESOLVED, 0L),
                    counts.getOrDefault(FeedbackStatus.IGNORED, 0L),
                    counts.getOrDefault(FeedbackStatus.SPAM, 0L));
        }
    }

    /**
     * A change of much feedback; what is absent stays as it is.
     *
     * @param ids which; what is none is passed over
     * @param assignedTo the id of a user; null for nobody
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ManyFeedbackChange")
    record ManyChange(
            @NotEmpty @Size(max = MOST) List<@NotNull String> ids,
            @WordOf(FeedbackStatus.class) @Nullable String status,

            @Schema(type = "integer", format = "int64", nullable = true) @Nullable
            JsonNode assignedTo) {}

    /** @param changed how much was not as wanted before */
    @Schema(name = "ChangedFeedback")
    record Changed(int changed) {}

    /**
     * Lists feedback, the newest first.
     *
     * @param project slugs or ids
     * @param assignee the id of a user, or {@code me}
     * @param environment names; an empty one stands for feedback without one
     * @param query a text that the message, the name, the address or the page holds
     * @param start from which arrival on
     * @param end before which arrival
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/feedback")
    PageResponse<FeedbackResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable @WordOf(FeedbackStatus.class) String status,
            @RequestParam @Nullable String assignee,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        var wanted = new FeedbackFilterRequest(project, status, assignee, environment, query, start, end);
        return page(wanted.of(actor, projects), cursor, limit);
    }

    /**
     * Counts feedback by status.
     *
     * @param project slugs or ids
     * @param assignee the id of a user, or {@code me}
     * @param environment names; an empty one stands for feedback without one
     * @param query a text that the message, the name, the address or the page holds
     * @param start from which arrival on
     * @param end before which arrival
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/feedback/counts")
    Counts counts(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String assignee,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            Actor actor) {
        var wanted = new FeedbackFilterRequest(project, null, assignee, environment, query, start, end);
        FeedbackFilter filter = wanted.of(actor, projects);
        return Counts.of(reads.within(timeout, () -> queries.counts(filter)));
    }

    /** Shows feedback with its files. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/feedback/{id}")
    FeedbackResponse get(@PathVariable String id, Actor actor) {
        return whole(existing(id, actor));
    }

    /** Lists the feedback about events of an issue, the newest first. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}/feedback")
    PageResponse<FeedbackResponse> ofIssue(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        StoredIssue issue = issues.one(actor, id);
        return page(FeedbackFilter.ofIssue(issue.project().id(), issue.id()), cursor, limit);
    }

    /** Changes the status or the assignee of feedback. */
    @Allowed(Scope.EVENT_WRITE)
    @PutMapping("/api/v1/feedback/{id}")
    FeedbackResponse change(@PathVariable String id, @Valid @RequestBody FeedbackChangeRequest request, Actor actor) {
        StoredFeedback before = existing(id, actor);
        changes.change(actor, List.of(before.id()), request.change());
        return whole(existing(id, actor));
    }

    /** Changes the status or the assignee of much feedback at once. */
    @Operation(operationId = "updateManyFeedback")
    @Allowed(Scope.EVENT_WRITE)
    @PutMapping("/api/v1/feedback")
    Changed changeMany(@Valid @RequestBody ManyChange request, Actor actor) {
        var ids = new TreeSet<EventId>();
        for (int at = 0; at < request.ids().size(); at++) {
            ids.add(parse("ids[%d]".formatted(at), request.ids().get(at)));
        }
        var change = new FeedbackChangeRequest(request.status(), request.assignedTo()).change();
        return new Changed(changes.change(actor, ids, change));
    }

    /**
     * Gives the bytes of a file that came with feedback. What begins as an image does has the type of one, so that a page may show it by
     * {@code img}; all else is bytes, whatever its sender called it.
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(
            value = "/api/v1/feedback/{id}/attachments/{attachment}",
            produces = {MediaType.APPLICATION_OCTET_STREAM_VALUE, "image/*"})
    ResponseEntity<byte[]> attachment(@PathVariable String id, @PathVariable String attachment, Actor actor) {
        StoredAttachment file = filesOf(existing(id, actor)).stream()
                .filter(one -> one.id().equals(attachment))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("attachment", attachment));
        byte[] content = files.content(new EnvelopeId(file.envelopeId()), file.position())
                .orElseThrow(() -> ApiException.notFound("content of attachment", attachment));
        return AttachmentDownload.of(file, content);
    }

    private PageResponse<FeedbackResponse> page(
            FeedbackFilter filter, @Nullable String cursor, @Nullable Integer limit) {
        Position behind = Cursor.position(cursor);
        int most = Cursor.limit(limit);
        Page<StoredFeedback> page = reads.within(timeout, () -> queries.list(filter, behind, most));
        return PageResponse.of(
                page,
                FeedbackResponse::listed,
                last -> Cursor.write(last.receivedAt(), last.id().value()));
    }

    private FeedbackResponse whole(StoredFeedback feedback) {
        return FeedbackResponse.whole(feedback, filesOf(feedback));
    }

    private List<StoredAttachment> filesOf(StoredFeedback feedback) {
        return attachments.ofEvent(feedback.projectId(), feedback.id(), feedback.receivedAt());
    }

    private StoredFeedback existing(String id, Actor actor) {
        return queries.find(parse("id", id), projects.of(actor))
                .orElseThrow(() -> ApiException.notFound("feedback", id));
    }

    private static EventId parse(String field, String id) {
        return EventId.parse(id)
                .orElseThrow(() -> ApiException.invalid(field, "'%s' (expected: 32 hex digits)".formatted(id)));
    }
}
