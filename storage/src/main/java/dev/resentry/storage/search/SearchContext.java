package dev.resentry.storage.search;

import dev.resentry.storage.VisibleProjects;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who searches, when and where.
 *
 * @param now what relative times count from
 * @param userId who {@code me} is; null for a program
 * @param projects in which is searched
 * @param environments in which events count; empty texts stand for events without one; null for all
 * @param from from when on the events of an issue count, by their own time; null for all
 * @param to until when, not included
 */
public record SearchContext(
        Instant now,
        @Nullable Long userId,
        VisibleProjects projects,
        @Nullable Set<String> environments,
        @Nullable Instant from,
        @Nullable Instant to) {
    public SearchContext {
        environments = environments == null ? null : Set.copyOf(environments);
    }

    /** Without a window. */
    public SearchContext(
            Instant now, @Nullable Long userId, VisibleProjects projects, @Nullable Set<String> environments) {
        this(now, userId, projects, environments, null, null);
    }

    /** All environments of some projects. */
    public static SearchContext of(Instant now, @Nullable Long userId, VisibleProjects projects) {
        return new SearchContext(now, userId, projects, null);
    }

    public SearchContext within(@Nullable Instant from, @Nullable Instant to) {
        return new SearchContext(now, userId, projects, environments, from, to);
    }
}
