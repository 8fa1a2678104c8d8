package dev.resentry.query.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.repository.PathMappings;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.issue.StoredIssue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Tells agents of issues, within bounds: the fullest account that has room both as Markdown and as JSON. */
public final class AgentIssues {
    /** How many bytes an account has at most. */
    static final int MOST_BYTES = 8 * 1024;

    /** How many it has at most if more is wanted. */
    static final int MOST_BYTES_WIDE = 64 * 1024;

    /** What is of an event, not of its issue. */
    private static final List<String> OF_EVENT = List.of("errors", "variables", "breadcrumbs", "reproduction");

    private final IssueSelection selection;
    private final ProjectSelection projects;
    private final EventQueries events;
    private final AgentFindings findings;
    private final JsonMapper json;

    AgentIssues(
            IssueSelection selection,
            ProjectSelection projects,
            EventQueries events,
            AgentFindings findings,
            JsonMapper json) {
        this.selection = selection;
        this.projects = projects;
        this.events = events;
        this.findings = findings;
        this.json = json;
    }

    /** An issue as Markdown, with some sections, or all if none is named. */
    public String markdown(Actor actor, long id, @Nullable List<String> sections, @Nullable Integer frames) {
        return AgentMarkdown.of(of(actor, id, sections, frames));
    }

    /**
     * An event as Markdown, with its issue.
     *
     * @throws ApiException not found, if the actor sees no such event; conflict, if its payload is not kept
     */
    public String markdownOfEvent(Actor actor, String id, @Nullable Integer frames) {
        EventId wanted = EventId.parse(id)
                .orElseThrow(() -> ApiException.invalid("event", "'%s' (expected: 32 hex digits)".formatted(id)));
        StoredEvent event =
                events.find(wanted, projects.of(actor)).orElseThrow(() -> ApiException.notFound("event", id));
        if (!event.payloadKept()) {
            throw ApiException.payloadNotKept(event.id(), event.envelopeId());
        }
        return AgentMarkdown.of(account(
                selection.one(actor, event.issueId()), Optional.of(event), AgentSection.of(OF_EVENT), frames, false));
    }

    AgentIssue of(Actor actor, long id, @Nullable List<String> sections, @Nullable Integer frames) {
        StoredIssue issue = selection.one(actor, id);
        Optional<StoredEvent> latest = events.latest(issue.id())
                .flatMap(found -> events.find(found, projects.of(actor)))
                .filter(found -> found.payloadKept() && found.issueId() == issue.id());
        boolean isNamed = sections != null && !sections.isEmpty();
        return account(issue, latest, AgentSection.of(sections), frames, isNamed);
    }

    private AgentIssue account(
            StoredIssue issue,
            Optional<StoredEvent> event,
            Set<AgentSection> wanted,
            @Nullable Integer frames,
            boolean isWide) {
        if (frames != null && (frames < 1 || frames > AgentDetail.MOST_FRAMES)) {
            throw ApiException.invalid("frames", "%d (expected: 1 to %d)".formatted(frames, AgentDetail.MOST_FRAMES));
        }
        boolean wide = isWide || frames != null;
        Stream<AgentDetail> details =
                wide ? AgentDetail.wide(frames == null ? AgentDetail.WIDE_FRAMES : frames) : AgentDetail.usual();
        return fitting(
                findings.of(issue, event, wanted), wanted, details.toList(), wide ? MOST_BYTES_WIDE : MOST_BYTES);
    }

    private AgentIssue fitting(
            AgentFindings.Found found, Set<AgentSection> wanted, List<AgentDetail> details, int mostBytes) {
        AgentIssue fullest = told(found, wanted, details.getFirst(), false);
        if (fits(fullest, mostBytes)) {
            return fullest;
        }
        AgentIssue shortest = fullest;
        for (AgentDetail detail : details.subList(1, details.size())) {
            shortest = told(found, wanted, detail, true);
            if (fits(shortest, mostBytes)) {
                return shortest;
            }
        }
        for (AgentSection section : List.of(AgentSection.values()).reversed()) {
            if (fits(shortest, mostBytes)) {
                break;
            }
            if (wanted.contains(section)) {
                shortest = shortest.without(section);
            }
        }
        return shortest;
    }

    private boolean fits(AgentIssue issue, int mostBytes) {
        return json.writeValueAsBytes(issue).length <= mostBytes
                && AgentMarkdown.of(issue).getBytes(UTF_8).length <= mostBytes;
    }

    private static AgentIssue told(
            AgentFindings.Found found, Set<AgentSection> wanted, AgentDetail detail, boolean shortened) {
        StoredEvent stored = found.event();
        Event event = stored == null ? null : new Event(UntrustedJson.STORED.tree(stored.payloadJson()));
        PathMappings mappings = found.mappings();
        ErrorChain chain = event == null ? null : new ErrorChain(event, mappings, detail);
        return new AgentIssue(
                DataFence.NOTICE,
                found.issue().id(),
                stored == null ? null : stored.id().toString(),
                wanted.contains(AgentSection.SUMMARY) ? found.summary(detail) : null,
                chain != null && wanted.contains(AgentSection.ERRORS) ? chain.errors() : null,
                chain != null && wanted.contains(AgentSection.VARIABLES) ? chain.variables() : null,
                event != null && stored != null && wanted.contains(AgentSection.BREADCRUMBS)
                        ? BreadcrumbTrail.of(event, stored.occurredAt(), detail)
                        : null,
                wanted.contains(AgentSection.VARIATION) ? EventVariation.of(found.latest(), detail) : null,
                wanted.contains(AgentSection.SUSPECTS) ? found.suspects(detail) : null,
                wanted.contains(AgentSection.GROUPING) ? found.groupedBy(detail) : null,
                event != null && wanted.contains(AgentSection.REPRODUCTION) ? RequestReplay.of(event, detail) : null,
                List.of(),
                shortened);
    }
}
