package dev.resentry.query.project;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.meta.Remark;
import dev.resentry.processing.meta.Remark.Range;
import dev.resentry.processing.scrub.ScrubSettings;
import dev.resentry.processing.scrub.ScrubSettingsJson;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.project.ProjectProcessing;
import dev.resentry.storage.project.ProjectProcessingStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ObjectNode;

/** What is taken out of a project's events before they are stored. */
@NativeApi
@Tag(name = "Projects")
class ScrubbingController {
    private final ProjectProcessingStore processing;
    private final EventQueries events;
    private final ProjectAccess access;
    private final AuditLog audit;

    ScrubbingController(ProjectProcessingStore processing, EventQueries events, ProjectAccess access, AuditLog audit) {
        this.processing = processing;
        this.events = events;
        this.access = access;
        this.audit = audit;
    }

    /**
     * The settings of a project.
     *
     * @param revision grows with each change; 0 if the project never said anything
     * @param updatedBy the e-mail address of who changed them last
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ProjectScrubbing(
            Scrubbing settings,
            long revision,
            @Nullable Instant updatedAt,
            @Nullable String updatedBy) {}

    /**
     * Other settings.
     *
     * @param revision that of the settings that they replace
     */
    record ScrubbingChange(
            @NotNull @Valid Scrubbing settings,
            @NotNull @Min(0) Long revision) {}

    /**
     * Settings to be tried.
     *
     * @param eventId 32 hex digits
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ScrubbingDraft(
            @NotBlank String eventId, @NotNull @Valid Scrubbing settings) {}

    /**
     * What settings make of an event.
     *
     * @param stored the event as it is stored now
     * @param event as it would be stored
     * @param changes what was changed in it as it is stored now; of very many, the first ones
     */
    record ScrubbingTrial(
            @Schema(type = "object") Object stored,
            @Schema(type = "object") Object event,
            List<ScrubbedPlace> changes) {}

    /**
     * A change of a value.
     *
     * @param path names of fields, and numbers of entries, from the event to the value
     * @param rule {@code project:1} is the first of the project's own
     * @param method what was done: {@code substituted}, {@code masked}, {@code hashed} or {@code removed}
     * @param start the first character that stands for something else; null if the whole value does
     * @param end behind the last one
     */
    record ScrubbedPlace(
            List<String> path,
            String rule,
            String method,
            @Nullable Integer start,
            @Nullable Integer end) {
        private static ScrubbedPlace of(List<String> path, Remark remark) {
            Range range = remark.range();
            return new ScrubbedPlace(
                    path,
                    remark.rule(),
                    remark.kind().name().toLowerCase(Locale.ROOT),
                    range == null ? null : range.start(),
                    range == null ? null : range.end());
        }
    }

    @GetMapping("/api/v1/projects/{id}/scrubbing")
    @Allowed(Scope.PROJECT_READ)
    ProjectScrubbing get(@PathVariable long id, Actor actor) {
        access.require(actor, id);
        return answer(processing.find(id));
    }

    /** Replaces the settings; holds for events that are processed some seconds later. What is stored stays as it is. */
    @PutMapping("/api/v1/projects/{id}/scrubbing")
    @Allowed(Scope.PROJECT_WRITE)
    ProjectScrubbing replace(@PathVariable long id, @Valid @RequestBody ScrubbingChange change, Actor actor) {
        access.require(actor, id);
        ScrubSettings settings = change.settings().asSettings();
        Scrubbing.scrubber(settings);
        ProjectScrubbing before = answer(processing.find(id));
        return audit.inTransaction(() -> {
            ProjectProcessing stored = processing
                    .replaceScrub(id, ScrubSettingsJson.write(settings), change.revision(), actor.email())
                    .orElseThrow(() -> ApiException.conflict(
                            "revision",
                            "%d is not the latest any more; read the settings again".formatted(change.revision())));
            ProjectScrubbing after = answer(Optional.of(stored));
            audit.record(
                    actor,
                    "project.scrubbing_changed",
                    new AuditLog.Target("project", id, ""),
                    before.settings(),
                    after.settings());
            return after;
        });
    }

    /** Shows what settings would make of a stored event, and keeps nothing. */
    @PostMapping("/api/v1/projects/{id}/scrubbing/try")
    @Allowed(Scope.EVENT_READ)
    ScrubbingTrial attempt(@PathVariable long id, @Valid @RequestBody ScrubbingDraft draft, Actor actor) {
        access.require(actor, id);
        Scrubber scrubber = Scrubbing.scrubber(draft.settings().asSettings());
        EventId eventId = EventId.parse(draft.eventId())
                .orElseThrow(() ->
                        ApiException.invalid("event_id", "'%s' (expected: 32 hex digits)".formatted(draft.eventId())));
        StoredEvent stored = events.find(eventId, access.of(actor))
                .filter(found -> found.projectId() == id)
                .orElseThrow(() -> ApiException.notFound("event", draft.eventId()));
        if (!stored.payloadKept()) {
            throw ApiException.payloadNotKept(stored.id(), stored.envelopeId());
        }
        var before = (ObjectNode) UntrustedJson.STORED.tree(stored.payloadJson());
        var event = before.deepCopy();
        List<ScrubbedPlace> changes = new ArrayList<>();
        scrubber.scrub(event, (path, remark) -> changes.add(ScrubbedPlace.of(path, remark)));
        return new ScrubbingTrial(before, event, changes);
    }

    private static ProjectScrubbing answer(Optional<ProjectProcessing> stored) {
        return stored.map(found -> new ProjectScrubbing(
                        Scrubbing.of(ScrubSettingsJson.read(found.scrubJson())),
                        found.revision(),
                        found.updatedAt(),
                        found.updatedBy()))
                .orElseGet(() -> new ProjectScrubbing(Scrubbing.of(ScrubSettings.DEFAULT), 0, null, null));
    }
}
