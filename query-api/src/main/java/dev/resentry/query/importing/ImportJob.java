package dev.resentry.query.importing;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.query.importing.ImportState.Found;
import dev.resentry.query.importing.OtherServer.BusyException;
import dev.resentry.query.importing.OtherServer.Page;
import dev.resentry.query.importing.OtherServer.RefusedException;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.service.kafka.OwnEnvelopes;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.importing.ImportRequest;
import dev.resentry.storage.importing.ImportTokens;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectKey;
import dev.resentry.storage.project.ProjectStore;
import java.io.ByteArrayOutputStream;
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
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Brings over what another server has: for each project first the events, as envelopes on the topic, then, once these are stored, what
 * people said and did with its issues. A step is one issue and may be done more than once: what comes twice is a duplicate.
 */
final class ImportJob implements JobHandler, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String CLIENT = "resentry.import";

    /** In a step: it is waited for the events of one without doing again what was done with another. */
    private static final int ISSUES = 1;

    private static final Duration REST = Duration.ofMillis(200);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** For the events of an issue to be stored: some minutes. */
    private static final int MAX_WAITS = 150;

    private static final int MAX_PROJECTS = 1_000;

    private final SafeHttp http;
    private final OwnEnvelopes envelopes;
    private final ImportTokens tokens;
    private final ProjectStore projects;
    private final EventQueries events;
    private final ImportedStates states;

    ImportJob(
            SafeHttp http,
            OwnEnvelopes envelopes,
            ImportTokens tokens,
            ProjectStore projects,
            EventQueries events,
            ImportedStates states) {
        this.http = http;
        this.envelopes = envelopes;
        this.tokens = tokens;
        this.projects = projects;
        this.events = events;
        this.states = states;
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
        Optional<String> token = tokens.find(job.id());
        if (token.isEmpty()) {
            return new JobStep.Failed("its token is gone: start the import anew", result(state));
        }
        var server = new OtherServer(http, request.url(), request.organization(), token.get());
        try {
            if (state == null) {
                return advanced(begin(request, server), REST);
            }
            if (state.isDone()) {
                tokens.remove(job.id());
                return new JobStep.Finished(result(state));
            }
            return step(request, server, state);
        } catch (BusyException e) {
            return new JobStep.Waiting(e.retryAfter());
        } catch (RefusedException e) {
            tokens.remove(job.id());
            return new JobStep.Failed(String.valueOf(e.getMessage()), result(state));
        }
    }

    @Override
    public JobStep cancel(Job job) {
        tokens.remove(job.id());
        String noted = job.stateJson();
        return new JobStep.Finished(noted == null ? null : result(ImportState.of(noted)));
    }

    @Override
    public Optional<JobStep.Advanced> giveUp(Job job, String failure) {
        tokens.remove(job.id());
        return Optional.empty();
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

    private ImportState begin(ImportRequest request, OtherServer server) {
        List<Found> found = new ArrayList<>();
        ImportSums sums = ImportSums.NONE;
        String cursor = null;
        do {
            Page page = server.projects(cursor);
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
        } while (cursor != null && found.size() < MAX_PROJECTS);
        for (String slug : request.projects()) {
            if (found.stream().noneMatch(one -> one.slug().equals(slug))) {
                throw new RefusedException("%s has no project %s that the token sees".formatted(request.url(), slug));
            }
        }
        for (Found one : found) {
            boolean isThere = projects.isTaken(one.slug());
            if (!isThere && !request.dryRun()) {
                projects.add(one.slug(), one.name(), one.platform());
            }
            sums = sums.plus(ImportSums.ofProject(!isThere));
        }
        return new ImportState(found, 0, null, false, 0, sums);
    }

    private JobStep step(ImportRequest request, OtherServer server, ImportState state) {
        Found found = state.projects().get(state.project());
        Optional<Project> project = projects.findBySlug(found.slug());
        if (project.isEmpty() && !request.dryRun()) {
            throw new RefusedException("project %s is gone".formatted(found.slug()));
        }
        Page page = server.issues(found.id(), ISSUES, state.cursor());
        ImportSums sums = state.sums();
        for (JsonNode issue : page.entries()) {
            String id = issue.path("id").asString("");
            if (!state.eventsRead()) {
                sums = sums.plus(events(request, server, project, id));
                continue;
            }
            List<ImportedEvent> newest = events(server, id, 1);
            Optional<StoredEvent> stored = newest.stream()
                    .flatMap(event -> stored(event.id(), project).stream())
                    .findFirst();
            if (stored.isEmpty() && !request.dryRun() && state.waits() < MAX_WAITS && !newest.isEmpty()) {
                return advanced(state.waiting(), LOOK_AGAIN);
            }
            if (stored.isEmpty() && !request.dryRun()) {
                sums = sums.plus(ImportSums.ofIssueWithoutEvents());
                continue;
            }
            sums = sums.plus(states.bring(request, server, issue, stored.orElse(null)));
        }
        return advanced(state.behind(page.next(), sums), REST);
    }

    private ImportSums events(ImportRequest request, OtherServer server, Optional<Project> project, String issueId) {
        int sent = 0;
        int known = 0;
        for (ImportedEvent event : events(server, issueId, request.eventsPerIssue())) {
            if (stored(event.id(), project).isPresent()) {
                known++;
                continue;
            }
            if (!request.dryRun()) {
                envelopes.publish(envelope(project.orElseThrow(), event));
            }
            sent++;
        }
        return ImportSums.ofEvents(sent, known);
    }

    private Optional<StoredEvent> stored(EventId id, Optional<Project> project) {
        return project.flatMap(
                one -> events.find(id, VisibleProjects.ALL).filter(event -> event.projectId() == one.id()));
    }

    private static List<ImportedEvent> events(OtherServer server, String issueId, int limit) {
        List<ImportedEvent> read = new ArrayList<>();
        String cursor = null;
        do {
            Page page = server.events(issueId, Math.min(limit, 25), cursor);
            for (JsonNode shown : page.entries()) {
                if (read.size() < limit) {
                    ImportedEvent.of(shown).ifPresent(read::add);
                }
            }
            cursor = page.next();
        } while (cursor != null && read.size() < limit);
        return read;
    }

    private static RawEnvelope envelope(Project project, ImportedEvent event) {
        ProjectKey key = project.keys().stream()
                .filter(ProjectKey::active)
                .findFirst()
                .orElseThrow(() -> new RefusedException("project %s has no active key".formatted(project.slug())));
        byte[] json = JSON.writeValueAsBytes(event.json());
        var body = new ByteArrayOutputStream();
        body.writeBytes(JSON.writeValueAsBytes(
                JsonNodeFactory.instance.objectNode().put("event_id", event.id().toString())));
        body.write('\n');
        body.writeBytes(JSON.writeValueAsBytes(
                JsonNodeFactory.instance.objectNode().put("type", "event").put("length", json.length)));
        body.write('\n');
        body.writeBytes(json);
        body.write('\n');
        var now = CLOCK.instant().truncatedTo(ChronoUnit.MICROS);
        return new RawEnvelope(
                new Receipt(
                        EnvelopeId.at(now),
                        new ProjectId(project.id()),
                        key.publicKey(),
                        now,
                        Endpoint.IMPORT,
                        event.id(),
                        null,
                        null,
                        CLIENT,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of()),
                body.toByteArray());
    }
}
