package dev.resentry.query.sentry;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.event.EventFilter;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSummary;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.search.SearchDataset;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** Events of issues and of projects: lists, newest first, and each one whole. */
@SentryApi
class SentryEventController {
    private static final String OF_ISSUE = SentryIssueController.ISSUE + "/events";
    private static final String OF_PLAIN_ISSUE = SentryIssueController.PLAIN + "/events";
    private static final String OF_PROJECT = "/api/0/projects/{organization}/{project}/events";

    private final EventQueries events;
    private final ProjectSelection projects;
    private final Searches searches;
    private final SentryIssues issues;
    private final SentrySelection where;
    private final InstantSource clock;

    SentryEventController(
            EventQueries events,
            ProjectSelection projects,
            Searches searches,
            SentryIssues issues,
            SentrySelection where,
            InstantSource clock) {
        this.events = events;
        this.projects = projects;
        this.searches = searches;
        this.issues = issues;
        this.where = where;
        this.clock = clock;
    }

    /** Where an event is. */
    record EventPlace(String organizationSlug, String projectSlug, String groupId, String eventId, SentryEvent event) {}

    /** @param full whether each is to be whole */
    @Allowed(Scope.EVENT_READ)
    @GetMapping({OF_ISSUE, OF_PLAIN_ISSUE})
    ResponseEntity<List<Object>> ofIssue(
            @PathVariable(required = false) @Nullable String organization,
            @PathVariable String issue,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            @RequestParam @Nullable String full,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        StoredIssue found = issue(actor, organization, issue);
        SentryWindow window = SentryWindow.of(statsPeriod, start, end, clock.instant());
        Set<String> environments = environments(environment);
        var filter = new EventFilter(
                VisibleProjects.ALL,
                found.id(),
                null,
                environments,
                searches.condition(
                        query, SearchDataset.EVENTS, searches.context(actor, projects.of(actor), environments)),
                window.from(),
                window.to());
        return page(filter, "true".equals(full) || "1".equals(full), perPage, cursor);
    }

    /** @param event its id, latest, oldest or recommended, which is the latest with all of its payload */
    @Allowed(Scope.EVENT_READ)
    @GetMapping({OF_ISSUE + "/{event}", OF_PLAIN_ISSUE + "/{event}"})
    SentryEvent ofIssue(
            @PathVariable(required = false) @Nullable String organization,
            @PathVariable String issue,
            @PathVariable String event,
            @RequestParam @Nullable List<String> environment,
            Actor actor) {
        StoredIssue found = issue(actor, organization, issue);
        Optional<EventId> wanted = switch (event) {
            case "latest", "recommended" -> latest(found.id(), environments(environment));
            case "oldest" -> events.oldest(found.id());
            default -> EventId.parse(event);
        };
        return wanted.flatMap(id -> events.find(id, projects.of(actor)))
                .filter(stored -> stored.issueId() == found.id())
                .map(this::whole)
                .orElseThrow(() -> ApiException.notFound("event of issue %s:".formatted(issue), event));
    }

    private Optional<EventId> latest(long issue, @Nullable Set<String> environments) {
        if (environments == null) {
            return events.latest(issue);
        }
        var filter = new EventFilter(VisibleProjects.ALL, issue, null, environments, null, null, null);
        return events.list(filter, Position.NEWEST, 1).entries().stream()
                .findFirst()
                .map(EventSummary::id);
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping(OF_PROJECT)
    ResponseEntity<List<Object>> ofProject(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam @Nullable String full,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        Project found = where.project(actor, organization, project);
        return page(EventFilter.ofProject(found.id()), "true".equals(full) || "1".equals(full), perPage, cursor);
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping(OF_PROJECT + "/{event}")
    SentryEvent ofProject(
            @PathVariable String organization, @PathVariable String project, @PathVariable String event, Actor actor) {
        return whole(stored(organization, project, event, actor));
    }

    /** The event as it is stored. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(OF_PROJECT + "/{event}/json")
    JsonNode json(
            @PathVariable String organization, @PathVariable String project, @PathVariable String event, Actor actor) {
        return UntrustedJson.STORED.tree(
                stored(organization, project, event, actor).payloadJson());
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/0/organizations/{organization}/eventids/{event}")
    EventPlace place(@PathVariable String organization, @PathVariable String event, Actor actor) {
        String slug = where.organization(organization).slug();
        StoredEvent found = issues.event(actor, event).orElseThrow(() -> ApiException.notFound("event", event));
        return new EventPlace(
                slug,
                projects.one(actor, String.valueOf(found.projectId())).slug(),
                String.valueOf(found.issueId()),
                found.id().toString(),
                whole(found));
    }

    private StoredEvent stored(String organization, String project, String event, Actor actor) {
        Project found = where.project(actor, organization, project);
        return EventId.parse(event)
                .flatMap(id -> events.find(id, new VisibleProjects(Set.of(found.id()))))
                .orElseThrow(() -> ApiException.notFound("event", event));
    }

    private StoredIssue issue(Actor actor, @Nullable String organization, String issue) {
        if (organization != null) {
            where.organization(organization);
        }
        return issues.one(actor, issue);
    }

    private ResponseEntity<List<Object>> page(
            EventFilter filter, boolean full, @Nullable Integer perPage, @Nullable String cursor) {
        Position behind = Cursor.position(SentryLinks.cursor(cursor));
        Page<EventSummary> page =
                searches.bounded(filter.search(), () -> events.list(filter, behind, SentryLinks.size(perPage)));
        return SentryLinks.page(
                page.entries().stream()
                        .map(one -> full ? whole(one) : SentryEventSummary.of(one))
                        .toList(),
                page.hasMore()
                        ? Cursor.write(
                                page.entries().getLast().receivedAt(),
                                page.entries().getLast().id().value())
                        : null);
    }

    /** One that has expired meanwhile is shown as far as it is known. */
    private Object whole(EventSummary event) {
        Optional<StoredEvent> stored = events.find(event.id(), new VisibleProjects(Set.of(event.projectId())));
        return stored.isPresent() ? whole(stored.get()) : SentryEventSummary.of(event);
    }

    private SentryEvent whole(StoredEvent event) {
        return SentryEvent.of(event, events.neighbours(event));
    }

    private static @Nullable Set<String> environments(@Nullable List<String> named) {
        List<String> given = SentryIssues.environments(named);
        return given == null || given.isEmpty() ? null : Set.copyOf(given);
    }
}
