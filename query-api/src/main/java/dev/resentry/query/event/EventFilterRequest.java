package dev.resentry.query.event;

import dev.resentry.model.event.Level;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.event.EventFilter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which events are wanted, as query parameters; what is absent wants all. */
record EventFilterRequest(
        @Nullable List<String> project,
        @Nullable List<String> environment,
        @Nullable String level,
        @Nullable String query,
        @Nullable Instant start,
        @Nullable Instant end) {

    /**
     * The filter of an actor, who sees some projects.
     *
     * @throws ApiException if a parameter has a value that it cannot have
     */
    EventFilter of(Actor actor, ProjectSelection projects) {
        if (level != null && !Level.wireNames().contains(level)) {
            throw ApiException.invalid(
                    "level", "'%s' (expected: fatal, error, warning, info or debug)".formatted(level));
        }
        if (start != null && end != null && !start.isBefore(end)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(start, end));
        }
        return new EventFilter(
                projects.of(actor, project),
                null,
                level,
                environment == null || environment.isEmpty() ? null : Set.copyOf(environment),
                query == null || query.isBlank() ? null : query.strip(),
                start,
                end);
    }
}
