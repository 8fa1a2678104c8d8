package dev.resentry.query.log;

import dev.resentry.model.event.EventId;
import dev.resentry.model.log.LogLevel;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.RequestTimes;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.log.LogFilter;
import dev.resentry.storage.search.SearchDataset;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which logs are wanted, as query parameters; what is absent wants all. */
record LogFilterRequest(
        @Nullable List<String> project,
        @Nullable List<String> environment,
        @Nullable List<String> level,
        @Nullable String trace,
        @Nullable String query,
        @Nullable Instant start,
        @Nullable Instant end) {

    /**
     * The filter of an actor, who sees some projects.
     *
     * @throws ApiException if a parameter has a value that it cannot have
     * @throws dev.resentry.model.search.SearchFault if the query means nothing
     */
    LogFilter of(Actor actor, ProjectSelection projects, Searches searches) {
        RequestTimes.requireUsual("start", start);
        RequestTimes.requireUsual("end", end);
        if (start != null && end != null && !start.isBefore(end)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(start, end));
        }
        VisibleProjects wanted = projects.of(actor, project);
        Set<String> environments = environment == null || environment.isEmpty() ? null : Set.copyOf(environment);
        return new LogFilter(
                wanted,
                environments,
                levels(),
                traceId(),
                start,
                end,
                searches.condition(query, SearchDataset.LOGS, searches.context(actor, wanted, environments)));
    }

    private @Nullable Set<String> levels() {
        if (level == null || level.isEmpty()) {
            return null;
        }
        for (String word : level) {
            if (!LogLevel.wireNames().contains(word)) {
                throw ApiException.invalid(
                        "level", "'%s' (expected: trace, debug, info, warn, error or fatal)".formatted(word));
            }
        }
        return Set.copyOf(level);
    }

    /** The ids of events and of traces are written alike. */
    private @Nullable UUID traceId() {
        return trace == null || trace.isBlank()
                ? null
                : EventId.parse(trace.strip())
                        .orElseThrow(
                                () -> ApiException.invalid("trace", "'%s' (expected: 32 hex digits)".formatted(trace)))
                        .value();
    }
}
