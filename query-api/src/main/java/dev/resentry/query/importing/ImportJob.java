package dev.resentry.query.importing;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.Slug;
import dev.resentry.query.importing.ImportState.Found;
import dev.resentry.query.importing.OtherServer.BusyException;
import dev.resentry.query.importing.OtherServer.FailedException;
import dev.resentry.query.importing.OtherServer.GoneException;
import dev.resentry.query.importing.OtherServer.Page;
import dev.resentry.query.importing.OtherServer.RefusedException;
import dev.resentry.query.importing.OtherServer.TooLargeException;
import dev.resentry.query.project.ProjectRegistry;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.service.kafka.OwnEnvelopes;
import dev.resentry.service.kafka.OwnEvent;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.importing.ImportRequest;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectKey;
import dev.resentry.storage.project.ProjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings over what another server has: for each project first the events, as envelopes on the topic, then, once these are stored, what
 * people said and did with its issues. A step is a page of events of an issue, or what people did with one, and may be done more than once: what comes twice is a duplicate.
 */
final class ImportJob implements JobHandler, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String CLIENT = "resentry.import";

    /** In a step: it is waited for the events of one without doing again what was done with another. */
    private static final int ISSUES = 1;

    private static final Duration REST = Duration.ofMillis(200);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** For the events of an issue to be stored: two minutes. */
    private static final int MAX_WAITS = 60;

    /** In a step, which has to end well within the lease of its job. */
    private static final int EVENTS = 25;

    private static final int MAX_PROJECTS = 1_000;
    private static final int MAX_PROJECT_PAGES = 50;

    private final SafeHttp http;
    private final OwnEnvelopes envelopes;
    private final SealedTokens tokens;
    private final ProjectStore projects;
    private final ProjectRegistry registry;
    private final EventQueries events;
    private final ImportedStates states;
    private final ImportAudit audit;

    ImportJob(
            SafeHttp http,
            OwnEnvelopes envelopes,
            SealedTokens tokens,
            ProjectStore projects,
            ProjectRegistry registry,
            EventQueries events,
            ImportedStates states,
            ImportAudit audit) {
        this.http = http;
        this.envelopes = envelopes;
        this.tokens = tokens;
        this.projects = projects;
        this.registry = registry;
        this.events = events;
        this.states = states;
        this.audit = audit;
    }

    @Override
    public String kind() {
        return ImportRequest.KIND;
    }

    @Override
    public JobStep step(Job job) {
        ImportRequest request = ImportRequest.of(job);
        String noted = job.stateJson();
        ImportState state = noted == null ? null : ImportState.of(noted);
        if (state != null && state.isDone()) {
            audit.end(job, state);
            return new JobStep.Finished(result(state));
        }
        if (state != null && state.failure() != null) {
            audit.end(job, state);
            return new JobStep.Failed(state.failure(), result(state));
        }
        Optional<String> token = tokens.find(job.id());
        if (token.isEmpty()) {
            return new JobStep.Failed("its token is gone: start the import anew", result(state));
        }
        var server = new OtherServer(http, request.url(), request.organization(), token.get());
        try {
            if (state == null) {
                return advanced(begin(job, request, server), REST);
            }
            return step(request, server, state);
        } catch (BusyException e) {
            return new JobStep.Waiting(e.retryAfter());
        } catch (RefusedException e) {
            audit.end(job, state);
            return new JobStep.Failed(String.valueOf(e.getMessage()), result(state));
        }
    }

    @Override
    public JobStep cancel(Job job) {
        String noted = job.stateJson();
        ImportState state = noted == null ? null : ImportState.of(noted);
        audit.end(job, state);
        return new JobStep.Finished(result(state));
    }

    /** What was done until then is told by the step behind it. */
    @Override
    public Optional<JobStep.Advanced> giveUp(Job job, String failure) {
        String noted = job.stateJson();
        if (noted == null) {
            audit.end(job, null);
            return Optional.empty();
        }
        return Optional.of(advanced(ImportState.of(noted).failed(failure), Duration.ZERO));
    }

    @Override
    public void close() throws IOException {
        envelopes.close();
        http.close();
    }

    private static @Nullable String result(@Nullable ImportState state) {
        return state == null ? null : JSON.writeValueAsString(state.sums());
    }

    private static JobStep.Advanced advanced(ImportState state, Duration rest) {
        return new JobStep.Advanced(
                new JobProgress(state.project(), (long) state.projects().size()), state.json(), rest);
    }

    private ImportState begin(Job job, ImportRequest request, OtherServer server) {
        List<Found> found = new ArrayList<>();
        ImportSums sums = ImportSums.NONE;
        String cursor = null;
        int pages = 0;
        do {
            Page page = server.projects(cursor);
            pages++;
            for (JsonNode one : page.entries()) {
                String slug = one.path("slug").asString("");
                if (request.projects().isEmpty() || request.projects().contains(slug)) {
                    JsonNode platform = one.path("platform");
                    found.add(new Found(
                            one.path("id").asString(""),
                            slug,
                            one.path("name").asString(slug),
                            platform.isString() ? platform.asString() : null));
                }
            }
            cursor = page.next();
        } while (cursor != null && found.size() < MAX_PROJECTS && pages < MAX_PROJECT_PAGES);
        for (String slug : request.projects()) {
            if (found.stream().noneMatch(one -> one.slug().equals(slug))) {
                throw new RefusedException("%s has no project %s that the token sees".formatted(request.url(), slug));
            }
        }
        for (Found one : found) {
            if (!Slug.isValid(one.slug())) {
                throw new RefusedException(
                        "project '%s' of %s has a slug that is none here (expected: at most 50 of a-z 0-9 _ -); name the projects to import"
                                .formatted(one.slug(), request.url()));
            }
            boolean isThere = projects.isTaken(one.slug());
            if (!isThere && !request.dryRun()) {
                registry.add(audit.asker(job), one.name(), one.slug(), one.platform());
            }
            sums = sums.plus(ImportSums.ofProject(!isThere));
        }
        return ImportState.atBegin(found, sums);
    }

    private JobStep step(ImportRequest request, OtherServer server, ImportState state) {
        Found found = state.projects().get(state.project());
        Optional<Project> project = projects.findBySlug(found.slug());
        if (project.isEmpty() && !request.dryRun()) {
            throw new RefusedException("project %s is gone".formatted(found.slug()));
        }
        Page page;
        try {
            page = server.issues(found.id(), ISSUES, state.cursor());
        } catch (TooLargeException e) {
            return advanced(withoutEvents(state).next(e.next()), REST);
        }
        if (page.entries().isEmpty()) {
            return advanced(state.next(page.next()), REST);
        }
        JsonNode issue = page.entries().get(0);
        ImportState at = state.at(id(issue));
        ImportState done;
        try {
            done = state.eventsRead()
                    ? people(request, server, project, issue, at)
                    : events(request, server, project, issue, at);
        } catch (GoneException | TooLargeException _) {
            done = withoutEvents(at);
        }
        boolean isWaiting = done.waits() > at.waits();
        return advanced(done.issue() == null ? done.next(page.next()) : done, isWaiting ? LOOK_AGAIN : REST);
    }

    private static ImportState withoutEvents(ImportState at) {
        return at.behindIssue(at.sums().plus(ImportSums.ofIssueWithoutEvents()));
    }

    /** Publishes a page of events of an issue. */
    private ImportState events(
            ImportRequest request, OtherServer server, Optional<Project> project, JsonNode issue, ImportState state) {
        int wanted = request.eventsPerIssue() - state.eventsOfIssue();
        Integer fewer = state.eventsPerPage();
        int asked = Math.min(wanted, fewer == null ? EVENTS : fewer);
        Page page;
        try {
            page = server.events(id(issue), asked, state.eventCursor());
        } catch (TooLargeException e) {
            return asked > 1 ? state.withPagesOf(asked / 2) : skipped(server, issue, state, wanted, e.next());
        } catch (FailedException e) {
            if (asked > 1) {
                return state.withPagesOf(asked / 2);
            }
            throw e;
        }
        List<ImportedEvent> read =
                ImportedEvent.of(page.entries()).limit(wanted).toList();
        List<ImportedEvent> unknown = read.stream()
                .filter(event -> stored(event.id(), project).isEmpty())
                .toList();
        if (!request.dryRun()) {
            unknown.forEach(event -> envelopes.publish(envelope(project.orElseThrow(), event)));
        }
        boolean isFirst = state.eventCursor() == null;
        ImportSums sums = state.sums().plus(ImportSums.ofEvents(isFirst, unknown.size(), read.size() - unknown.size()));
        String next = page.next();
        boolean isEnd = read.isEmpty() || read.size() >= wanted;
        return next == null || next.equals(state.eventCursor()) || isEnd
                ? state.behindIssue(sums)
                : state.withPagesOf(Math.min(EVENTS, 2 * asked)).behindEvents(next, read.size(), sums);
    }

    /** Behind an event that is too large to be read. */
    private static ImportState skipped(
            OtherServer server, JsonNode issue, ImportState state, int wanted, @Nullable String next) {
        String id = server.eventSummaries(id(issue), 1, state.eventCursor())
                .entries()
                .path(0)
                .path("eventID")
                .asString("unknown");
        ImportSums sums = state.sums().plus(ImportSums.ofSkippedEvent(state.eventCursor() == null, id));
        return next == null || next.equals(state.eventCursor()) || wanted <= 1
                ? state.behindIssue(sums)
                : state.behindEvents(next, 1, sums);
    }

    /** Puts what people did with an issue on the issue of any of its events that is stored. */
    private ImportState people(
            ImportRequest request, OtherServer server, Optional<Project> project, JsonNode issue, ImportState state) {
        int wanted = Math.min(request.eventsPerIssue(), EVENTS);
        List<EventId> newest = server.eventSummaries(id(issue), wanted, null)
                .entries()
                .valueStream()
                .map(event -> event.path("eventID").asString(""))
                .filter(id -> !state.sums().skippedEventIds().contains(id))
                .flatMap(id -> EventId.parse(id).stream())
                .limit(wanted)
                .toList();
        Optional<StoredEvent> stored =
                newest.stream().flatMap(id -> stored(id, project).stream()).findFirst();
        if (stored.isEmpty() && !request.dryRun()) {
            if (newest.isEmpty() || state.waits() >= MAX_WAITS) {
                return withoutEvents(state);
            }
            if (state.waits() == 0) {
                sendNewest(server, issue, project.orElseThrow());
            }
            return state.waiting();
        }
        return state.behindIssue(state.sums().plus(states.bring(request, server, issue, stored.orElse(null))));
    }

    /** All events of an issue may have come to the other server since they were read; one of them makes the issue here. */
    private void sendNewest(OtherServer server, JsonNode issue, Project project) {
        try {
            ImportedEvent.of(server.events(id(issue), 1, null).entries())
                    .limit(1)
                    .forEach(event -> envelopes.publish(envelope(project, event)));
        } catch (TooLargeException _) {
            // Then others of its events come, or it is told as one without events.
        }
    }

    private static String id(JsonNode issue) {
        return issue.path("id").asString("");
    }

    private Optional<StoredEvent> stored(EventId id, Optional<Project> project) {
        return project.flatMap(one -> events.find(id, new VisibleProjects(Set.of(one.id()))));
    }

    private static RawEnvelope envelope(Project project, ImportedEvent event) {
        ProjectKey key = project.keys().stream()
                .filter(ProjectKey::active)
                .findFirst()
                .orElseThrow(() -> new RefusedException("project %s has no active key".formatted(project.slug())));
        return new OwnEvent(event.id(), new ProjectId(project.id()), key.publicKey(), CLIENT, event.json())
                .at(Endpoint.IMPORT, CLOCK.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
