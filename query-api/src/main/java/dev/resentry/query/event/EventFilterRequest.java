package dev.resentry.query.event;

import dev.resentry.model.event.Level;
import dev.resentry.model.search.SearchFault;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.event.EventFilter;
import dev.resentry.storage.search.SearchDataset;
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
     * @throws SearchFault if the query means nothing
     */
    EventFilter of(Actor actor, ProjectSelection projects, Searches searches) {
        if (level != null && !Level.wireNames().contains(level)) {
            throw ApiException.invalid(
                    "level", "'%s' (expected: fatal, error, warning, info or debug)".formatted(level));
        }
        if (start != null && end != null && !start.isBefore(end)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(start, end));
        }
        VisibleProjects wanted = projects.of(actor, project);
        Set<String> environments = environment == null || environment.isEmpty() ? null : Set.copyOf(environment);
        return new EventFilter(
                wanted,
                null,
                level,
                environments,
                searches.condition(query, SearchDataset.EVENTS, searches.context(actor, wanted, environments)),
                start,
                end);
    }
}
