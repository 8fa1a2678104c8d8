package dev.resentry.query.event;

import dev.resentry.model.event.EventId;
import dev.resentry.model.event.Level;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.event.EventFilter;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSummary;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.search.SearchContext;
import dev.resentry.storage.search.SearchDataset;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private final IssueSelection issues;
    private final ProjectSelection projects;
    private final Searches searches;

    EventController(
            EventQueries events,
            AttachmentQueries attachments,
            IssueSelection issues,
            ProjectSelection projects,
            Searches searches) {
        this.events = events;
        this.attachments = attachments;
        this.issues = issues;
        this.projects = projects;
        this.searches = searches;
    }

    /**
     * Lists events.
     *
     * @param project slugs or ids
     * @param query of the search language, such as {@code level:error browser.name:Safari}
     * @param start from which arrival on
     * @param end before which arrival
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping({"/api/projects/events", "/api/v1/events", "/api/events"})
    PageResponse<EventSummaryResponse> all(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable @WordOf(Level.class) String level,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        var wanted = new EventFilterRequest(project, environment, level, query, start, end);
        return answer(wanted.of(actor, projects, searches), cursor, limit);
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/projects/{id}/events")
    PageResponse<EventSummaryResponse> ofProject(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        EventFilter filter =
                EventFilter.ofProject(projects.one(actor, Long.toString(id)).id());
        return answer(filter, cursor, limit);
    }

    /**
     * Lists the events of an issue.
     *
     * @param query of the search language, such as {@code release:1.2.3 browser.name:Safari}
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping({"/issues/{id}/events", "/api/v1/issues/{id}/events"})
    PageResponse<EventSummaryResponse> ofIssue(
            @PathVariable long id,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        long issue = issues.one(actor, id).id();
        SearchContext context = searches.context(actor, projects.of(actor), null);
        return answer(
                EventFilter.ofIssue(issue, searches.condition(query, SearchDataset.EVENTS, context)), cursor, limit);
    }

    /**
     * Shows an event of an issue.
     *
     * @param event its id, {@code latest} or {@code oldest}, by arrival
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}/events/{event}")
    EventResponse ofIssue(@PathVariable long id, @PathVariable String event, Actor actor) {
        long issue = issues.one(actor, id).id();
        Optional<EventId> wanted = switch (event) {
            case "latest" -> events.latest(issue);
            case "oldest" -> events.oldest(issue);
            default -> Optional.of(parse("event", event));
        };
        return wanted.flatMap(found -> events.find(found, projects.of(actor)))
                .filter(found -> found.issueId() == issue)
                .map(this::whole)
                .orElseThrow(() -> ApiException.notFound("event of issue %d:".formatted(id), event));
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping({"/events/{id}", "/api/v1/events/{id}", "/api/events/{id}"})
    EventResponse get(@PathVariable String id, Actor actor) {
        return whole(existing(id, projects.of(actor)));
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping({"/events/{id}/stacktrace", "/api/v1/events/{id}/stacktrace"})
    StacktraceResponse stacktrace(@PathVariable String id, Actor actor) {
        StoredEvent event = existing(id, projects.of(actor));
        if (!event.payloadKept()) {
            throw ApiException.payloadNotKept(event.id(), event.envelopeId());
        }
        return StacktraceResponse.of(event);
    }

    private EventResponse whole(StoredEvent event) {
        List<EventResponse.Attachment> files =
                attachments.ofEvent(event.projectId(), event.id(), event.receivedAt()).stream()
                        .map(file -> EventResponse.Attachment.of(event.id(), file))
                        .toList();
        return EventResponse.of(event, events.neighbours(event), files);
    }

    private StoredEvent existing(String id, VisibleProjects visible) {
        return events.find(parse("id", id), visible).orElseThrow(() -> ApiException.notFound("event", id));
    }

    private static EventId parse(String field, String id) {
        return EventId.parse(id)
                .orElseThrow(() -> ApiException.invalid(field, "'%s' (expected: 32 hex digits)".formatted(id)));
    }

    private PageResponse<EventSummaryResponse> answer(
            EventFilter filter, @Nullable String cursor, @Nullable Integer limit) {
        Position behind = Cursor.position(cursor);
        int most = Cursor.limit(limit);
        Page<EventSummary> page = searches.bounded(filter.search(), () -> events.list(filter, behind, most));
        return PageResponse.of(
                page,
                EventSummaryResponse::of,
                last -> Cursor.write(last.receivedAt(), last.id().value()));
    }
}
