package dev.resentry.query.feedback;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.attachment.StoredAttachment;
import dev.resentry.storage.feedback.FeedbackStatus;
import dev.resentry.storage.feedback.StoredFeedback;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What somebody said about a program.
 *
 * @param id 32 hex digits
 * @param timestamp when it was said, by the clock of who sent it
 * @param source how it was given: {@code widget}, {@code api}, {@code user_report}, {@code crash_dialog}, or what else an SDK says
 * @param name as it was given, or that of the user whom the SDK knows
 * @param email likewise
 * @param url the page on which it was said
 * @param eventId the event that it is about, be it stored or not
 * @param issue the issue of that event; null if that is not stored (yet, or any more)
 * @param replayId of a recording of the page, which is not kept here
 * @param traceId 32 hex digits
 * @param attachmentCount how many files came with it
 * @param attachments these files; null in lists
 * @param changedAt when its status or assignee was changed last; null if they never were
 * @param changedBy the address of who did
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Feedback")
record FeedbackResponse(
        String id,
        long projectId,
        String projectSlug,
        UUID envelopeId,
        Instant receivedAt,
        Instant timestamp,
        String source,
        String message,
        @Nullable String name,
        @Nullable String email,
        @Nullable String url,
        @Nullable String eventId,
        @Nullable Issue issue,
        @Nullable String replayId,
        @Nullable String traceId,
        @Nullable String platform,
        @Nullable String release,
        @Nullable String environment,
        @Nullable String sdkName,
        @Nullable String sdkVersion,
        Map<String, String> tags,
        int attachmentCount,
        @Nullable List<Attachment> attachments,
        @WordOf(FeedbackStatus.class) String status,
        @Nullable Assignee assignedTo,
        @Nullable Instant changedAt,
        @Nullable String changedBy) {

    @Schema(name = "FeedbackIssue")
    record Issue(long id, String title, String status) {}

    @Schema(name = "FeedbackAssignee")
    record Assignee(long id, String name) {}

    /**
     * A file that came with feedback, such as a screenshot.
     *
     * @param id tells it from the others
     * @param size in bytes
     * @param url where its bytes are
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "FeedbackAttachment")
    record Attachment(String id, String filename, @Nullable String contentType, long size, String url) {
        static Attachment of(EventId feedback, StoredAttachment file) {
            return new Attachment(
                    file.id(),
                    file.name(),
                    file.contentType(),
                    file.size(),
                    "/api/v1/feedback/%s/attachments/%s".formatted(feedback, file.id()));
        }
    }

    static FeedbackResponse listed(StoredFeedback feedback) {
        return of(feedback, null);
    }

    static FeedbackResponse whole(StoredFeedback feedback, List<StoredAttachment> files) {
        return of(
                feedback,
                files.stream().map(file -> Attachment.of(feedback.id(), file)).toList());
    }

    private static FeedbackResponse of(StoredFeedback feedback, @Nullable List<Attachment> attachments) {
        StoredFeedback.Issue issue = feedback.issue();
        StoredFeedback.Assignee assignee = feedback.assignee();
        StoredFeedback.Changed changed = feedback.changed();
        return new FeedbackResponse(
                feedback.id().toString(),
                feedback.projectId(),
                feedback.projectSlug(),
                feedback.envelopeId(),
                feedback.receivedAt(),
                feedback.occurredAt(),
                feedback.source(),
                feedback.message(),
                feedback.name(),
                feedback.email(),
                feedback.url(),
                feedback.aboutEvent() == null ? null : feedback.aboutEvent().toString(),
                issue == null ? null : new Issue(issue.id(), issue.title(), issue.status()),
                hex(feedback.replayId()),
                hex(feedback.traceId()),
                feedback.platform(),
                feedback.release(),
                feedback.environment(),
                feedback.sdkName(),
                feedback.sdkVersion(),
                tags(feedback.tagsJson()),
                attachments == null ? feedback.attachments() : attachments.size(),
                attachments,
                feedback.status().wireName(),
                assignee == null ? null : new Assignee(assignee.id(), assignee.name()),
                changed == null ? null : changed.at(),
                changed == null ? null : changed.by());
    }

    private static @Nullable String hex(@Nullable UUID id) {
        return id == null ? null : new EventId(id).toString();
    }

    private static Map<String, String> tags(String json) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (var tag : UntrustedJson.STORED.tree(json).properties()) {
            tags.put(tag.getKey(), tag.getValue().asString());
        }
        return tags;
    }
}
