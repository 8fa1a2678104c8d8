package dev.resentry.query.repository;

import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.repository.EventSources.EventCode;
import dev.resentry.storage.event.EventQueries;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The code behind an event: the lines of its frames, and the commits that changed their files. */
@NativeApi
@Tag(name = "Events")
class EventCodeController {
    private final EventQueries events;
    private final ProjectSelection projects;
    private final EventSources sources;

    EventCodeController(EventQueries events, ProjectSelection projects, EventSources sources) {
        this.events = events;
        this.projects = projects;
        this.sources = sources;
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/events/{id}/code")
    EventCode code(@PathVariable String id, Actor actor) {
        EventId wanted = EventId.parse(id)
                .orElseThrow(() -> ApiException.invalid("id", "'%s' (expected: 32 hex digits)".formatted(id)));
        return events.find(wanted, projects.of(actor))
                .map(sources::of)
                .orElseThrow(() -> ApiException.notFound("event", id));
    }
}
