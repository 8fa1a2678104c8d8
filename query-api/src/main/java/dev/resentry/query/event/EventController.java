package dev.resentry.query.event;

import dev.resentry.model.event.EventId;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.Page;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSummary;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.project.ProjectStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Events: lists of what they are about, newest first, and each one whole. */
@NativeApi
@Tag(name = "Events")
class EventController {
    private final EventQueries events;
    private final AttachmentQueries attachments;
    private final IssueQueries issues;
    private final ProjectStore projects;

    EventController(EventQueries events, AttachmentQueries attachments, IssueQueries issues, ProjectStore projects) {
        this.events = events;
        this.attachments = attachments;
        this.issues = issues;
        this.projects = projects;
    }

    @GetMapping({"/api/projects/events", "/api/v1/events"})
    PageResponse<EventSummaryResponse> all(
            @RequestParam @Nullable String cursor, @RequestParam @Nullable Integer limit) {
        return answer(events.all(Cursor.position(cursor), Cursor.limit(limit)));
    }

    @GetMapping("/api/v1/projects/{id}/events")
    PageResponse<EventSummaryResponse> ofProject(
            @PathVariable long id, @RequestParam @Nullable String cursor, @RequestParam @Nullable Integer limit) {
        if (projects.find(id).isEmpty()) {
            throw ApiException.notFound("project", id);
        }
        return answer(events.ofProject(id, Cursor.position(cursor), Cursor.limit(limit)));
    }

    @GetMapping({"/issues/{id}/events", "/api/v1/issues/{id}/events"})
    PageResponse<EventSummaryResponse> ofIssue(
            @PathVariable long id, @RequestParam @Nullable String cursor, @RequestParam @Nullable Integer limit) {
        if (issues.find(id).isEmpty()) {
            throw ApiException.notFound("issue", id);
        }
        return answer(events.ofIssue(id, Cursor.position(cursor), Cursor.limit(limit)));
    }

    @GetMapping({"/events/{id}", "/api/v1/events/{id}"})
    EventResponse get(@PathVariable String id) {
        StoredEvent event = existing(id);
        List<EventResponse.Attachment> files =
                attachments.ofEvent(event.projectId(), event.id(), event.receivedAt()).stream()
                        .map(EventResponse.Attachment::of)
                        .toList();
        return EventResponse.of(event, files);
    }

    @GetMapping({"/events/{id}/stacktrace", "/api/v1/events/{id}/stacktrace"})
    StacktraceResponse stacktrace(@PathVariable String id) {
        return StacktraceResponse.of(existing(id));
    }

    private StoredEvent existing(String id) {
        EventId eventId = EventId.parse(id)
                .orElseThrow(() -> ApiException.invalid("id", "'%s' (expected: 32 hex digits)".formatted(id)));
        return events.find(eventId).orElseThrow(() -> ApiException.notFound("event", id));
    }

    private static PageResponse<EventSummaryResponse> answer(Page<EventSummary> page) {
        return PageResponse.of(
                page,
                EventSummaryResponse::of,
                last -> Cursor.write(last.receivedAt(), last.id().value()));
    }
}
