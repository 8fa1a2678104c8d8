package dev.resentry.query.event;

import dev.resentry.model.event.EventId;
import dev.resentry.processing.group.GroupingExplanation;
import dev.resentry.processing.group.GroupingResult;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.StoredEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Why an event is in its issue, by the rules that hold now. */
@NativeApi
@Tag(name = "Events")
class EventGroupingController {
    private final EventQueries events;
    private final EventGroupings groupings;
    private final ProjectSelection projects;

    EventGroupingController(EventQueries events, EventGroupings groupings, ProjectSelection projects) {
        this.events = events;
        this.groupings = groupings;
        this.projects = projects;
    }

    /**
     * What an event is grouped by.
     *
     * @param strategy the id of the rules
     * @param variant what the hash is made of: app, system, message, security, template, fingerprint, checksum or fallback
     * @param hash what the event is filed under by these rules
     * @param rule the rule that decided; null if none did
     * @param hashed the parts: each with {@code id}, {@code children} or a {@code value}, {@code contributes} if it does not, and a
     *     {@code hint} that says why, or how it was changed
     * @param others what would have counted without the rule
     */
    record EventGrouping(
            String strategy,
            String variant,
            String hash,
            @Nullable GroupingRule rule,

            @Schema(type = "object") Object hashed,
            List<Object> others) {}

    /**
     * A rule that decided how an event is grouped.
     *
     * @param origin built-in, project or SDK
     * @param line the line of the project's rules; 0 for a rule that has none
     */
    record GroupingRule(String origin, int line, String text) {}

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/events/{id}/grouping")
    EventGrouping grouping(@PathVariable String id, Actor actor) {
        EventId wanted = EventId.parse(id)
                .orElseThrow(() -> ApiException.invalid("id", "'%s' (expected: 32 hex digits)".formatted(id)));
        StoredEvent event =
                events.find(wanted, projects.of(actor)).orElseThrow(() -> ApiException.notFound("event", id));
        GroupingResult result = groupings.of(event);
        GroupingExplanation explanation = result.explanation();
        GroupingExplanation.DecidingRule rule = explanation.rule();
        return new EventGrouping(
                explanation.strategy(),
                explanation.variant(),
                result.primary().hex(),
                rule == null ? null : new GroupingRule(rule.origin(), rule.line(), rule.text()),
                explanation.hashed().toJson(),
                explanation.others().stream()
                        .<Object>map(other -> other.toJson())
                        .toList());
    }
}
