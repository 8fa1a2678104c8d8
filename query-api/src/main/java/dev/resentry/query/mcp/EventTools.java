package dev.resentry.query.mcp;

import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.query.agent.AgentIssues;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.mcp.Tool.Parameter;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.event.EventFilter;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSummary;
import dev.resentry.storage.search.SearchDataset;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** Tools about events. */
final class EventTools {
    private static final int USUAL = 10;
    private static final int MOST = 50;

    private final EventQueries events;
    private final IssueSelection issues;
    private final ProjectSelection projects;
    private final Searches searches;
    private final AgentIssues accounts;
    private final DataAnswers texts;
    private final JsonMapper json;

    EventTools(
            EventQueries events,
            IssueSelection issues,
            ProjectSelection projects,
            Searches searches,
            AgentIssues accounts,
            DataAnswers texts,
            JsonMapper json) {
        this.events = events;
        this.issues = issues;
        this.projects = projects;
        this.searches = searches;
        this.accounts = accounts;
        this.texts = texts;
        this.json = json;
    }

    /** An event of a list. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ListedEvent(
            String id,
            long issueId,
            Instant occurredAt,
            String level,
            String title,
            @Nullable String message,
            @Nullable String release,
            @Nullable String environment,
            @Nullable String transaction,
            JsonNode tags) {}

    List<Tool> all() {
        return List.of(
                new Tool(
                        "list_events",
                        "List events of an issue",
                        "Lists the events of one issue, newest first: {id, occurred_at, level, title, message, release, environment, "
                                + "transaction, tags}. Use get_event with an id to see one whole.",
                        Scope.EVENT_READ,
                        true,
                        Tool.parameters(
                                "issue",
                                Parameter.needed("string", IssueTools.ISSUE),
                                "query",
                                Parameter.optional("string", "A query of the search language, as release:1.2.3"),
                                "limit",
                                Parameter.optional("integer", "1 to 50 events; 10 if absent"),
                                "cursor",
                                Parameter.optional("string", "From the answer before, for what comes behind it")),
                        this::ofIssue),
                new Tool(
                        "search_events",
                        "Search events",
                        "Finds events of all issues, newest first, by a query of the search language such as "
                                + "'level:error user.email:ann@example.com release:1.2.3', within a time of arrival. Gives what list_events gives.",
                        Scope.EVENT_READ,
                        true,
                        Tool.parameters(
                                "query",
                                Parameter.needed("string", "A query of the search language"),
                                "project",
                                Parameter.texts("Slugs or ids of projects; absent for all that the token sees"),
                                "environment",
                                Parameter.texts("Names of environments; absent for all"),
                                "start",
                                Parameter.optional("string", "From which arrival on, as 2026-11-18T12:00:00Z"),
                                "end",
                                Parameter.optional("string", "Before which arrival, likewise"),
                                "limit",
                                Parameter.optional("integer", "1 to 50 events; 10 if absent"),
                                "cursor",
                                Parameter.optional("string", "From the answer before, for what comes behind it")),
                        this::search),
                new Tool(
                        "get_event",
                        "Get an event",
                        "Tells of one event in Markdown: error chain (root cause first) with source lines, variables, breadcrumbs, and its "
                                + "request as a curl command.",
                        Scope.EVENT_READ,
                        true,
                        Tool.parameters(
                                "event",
                                Parameter.needed("string", "The event's id, 32 hex digits"),
                                "frames",
                                Parameter.optional("integer", "How many frames at most, 1 to 200")),
                        (actor, arguments) -> accounts.markdownOfEvent(
                                actor, arguments.needed("event"), arguments.number("frames"))));
    }

    private String ofIssue(Actor actor, ToolArguments arguments) {
        long issue = issues.named(actor, arguments.needed("issue")).id();
        var context = searches.context(actor, projects.of(actor), null);
        return answer(
                EventFilter.ofIssue(issue, searches.condition(arguments.text("query"), SearchDataset.EVENTS, context)),
                arguments);
    }

    private String search(Actor actor, ToolArguments arguments) {
        VisibleProjects wanted = projects.of(actor, arguments.texts("project"));
        List<String> environment = arguments.texts("environment");
        Set<String> environments = environment == null || environment.isEmpty() ? null : Set.copyOf(environment);
        Instant start = arguments.time("start");
        Instant end = arguments.time("end");
        if (start != null && end != null && !start.isBefore(end)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(start, end));
        }
        return answer(
                new EventFilter(
                        wanted,
                        null,
                        null,
                        environments,
                        searches.condition(
                                arguments.needed("query"),
                                SearchDataset.EVENTS,
                                searches.context(actor, wanted, environments)),
                        start,
                        end),
                arguments);
    }

    private String answer(EventFilter filter, ToolArguments arguments) {
        Position behind = Cursor.position(arguments.text("cursor"));
        int limit = arguments.limit(USUAL, MOST);
        Page<EventSummary> page = searches.bounded(filter.search(), () -> events.list(filter, behind, limit));
        List<ListedEvent> listed = page.entries().stream().map(this::listed).toList();
        return texts.page(listed, page.entries(), EventTools::cursor, page.hasMore());
    }

    private static String cursor(EventSummary last) {
        return Cursor.write(last.receivedAt(), last.id().value());
    }

    private ListedEvent listed(EventSummary event) {
        EventId id = event.id();
        return new ListedEvent(
                id.toString(),
                event.issueId(),
                event.occurredAt(),
                event.level(),
                event.title(),
                event.message(),
                event.release(),
                event.environment(),
                event.transaction(),
                json.readTree(event.tagsJson()));
    }
}
